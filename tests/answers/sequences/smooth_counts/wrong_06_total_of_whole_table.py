# verdict: wrong
# what: Handles the unseen context right, but otherwise divides by the sum of the whole table instead of the row's.
# diagnosis: n(c) counts only what came after this context; sum one row and not the table.
# told: mistake total_of_the_whole_table
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    V = len(vocabulary)
    if not counts.get(context):
        return {x: 1.0 / V for x in vocabulary}
    n = sum(k for r in counts.values() for k in r.values())
    return {x: (counts[context].get(x, 0) + beta) / (n + beta * V) for x in vocabulary}
