# verdict: wrong
# what: Fills a complete table for all pairs of symbols, with zeros for pairs that never occur.
# diagnosis: List only what occurs; do not prepare the rows with zeros.
# told: mistake zeros_listed
def count_bigrams(text: str) -> dict[str, dict[str, int]]:
    alphabet = sorted(set(text))
    counts = {a: {b: 0 for b in alphabet} for a in alphabet}
    for a, b in zip(text, text[1:]):
        counts[a][b] += 1
    return counts
