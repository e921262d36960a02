# verdict: wrong
# what: Adds beta only once in the denominator instead of once for each symbol of the vocabulary.
# diagnosis: You pretended to see beta of each of the V symbols, so the total grows by beta * V.
# told: mistake beta_once_below
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    row = counts.get(context, {})
    total = 0
    for x in row:
        total += row[x]
    result = {}
    for x in vocabulary:
        result[x] = (row.get(x, 0) + beta) / (total + beta)
    return result
