# verdict: wrong
# what: Adds beta to the counts in the caller's table itself (and makes a row for an unseen context).
# diagnosis: The probabilities are right, but the table is different afterwards; work on a copy of the row.
# told: changed the table itself
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    row = counts.setdefault(context, {})
    for x in vocabulary:
        row[x] = row.get(x, 0) + beta
    total = sum(row.values())
    return {x: row[x] / total for x in vocabulary}
