# verdict: wrong
# what: Reads counts[context] without asking whether there is such a row; an unseen context raises KeyError.
# diagnosis: A context that was never seen has no row; treat it as an empty one, and every symbol gets 1 / V.
# told: was never seen
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    row = counts[context]
    denominator = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / denominator for x in vocabulary}
