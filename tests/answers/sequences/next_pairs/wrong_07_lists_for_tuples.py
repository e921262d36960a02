# verdict: wrong
# what: The pairs are lists of two strings instead of tuples.
# diagnosis: A pair is a tuple: write round brackets, (context, symbol).
# told: expected a tuple, in round brackets
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    return [[text[i : i + k], text[i + k]] for i in range(0, len(text) - k)]
