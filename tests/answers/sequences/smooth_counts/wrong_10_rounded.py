# verdict: wrong
# what: Rounds to three decimals, so a rare symbol may get probability 0 after all.
# diagnosis: Do not round: a small probability becomes 0, and that is just what smoothing is to prevent.
# told: You round to 3 digits
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    row = counts.get(context, {})
    bottom = sum(row.values()) + beta * len(vocabulary)
    return {c: round((row.get(c, 0) + beta) / bottom, 3) for c in vocabulary}
