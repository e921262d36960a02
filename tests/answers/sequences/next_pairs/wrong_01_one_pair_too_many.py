# verdict: wrong
# what: Runs one place too far, and the slice hides it: the last pair has an empty answer "".
# diagnosis: After the last symbol there is no answer; there are len(text) - k places, not one more.
# told: mistake one_pair_too_many
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    pairs = []
    for i in range(len(text) - k + 1):
        pairs.append((text[i : i + k], text[i + k : i + k + 1]))
    return pairs
