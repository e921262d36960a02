# verdict: wrong
# what: Stops one place too early, so the last pair is missing.
# diagnosis: The last symbol of the text is an answer, too; check how far your range goes.
# told: mistake last_pair_forgotten
def next_pairs(text: str, k: int) -> list[tuple[str, str]]:
    return [(text[i : i + k], text[i + k]) for i in range(len(text) - k - 1)]
