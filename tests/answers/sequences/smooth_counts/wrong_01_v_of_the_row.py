# verdict: wrong
# what: Takes V to be the number of different symbols seen after the context, not the size of the vocabulary.
# diagnosis: beta was added for every symbol of the vocabulary, so V is len(vocabulary); do your probabilities sum to 1?
# told: mistake vocabulary_of_this_row
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    if context not in counts:
        return {s: 1 / len(vocabulary) for s in vocabulary}
    row = counts[context]
    n = sum(row.values())
    return {s: (row.get(s, 0) + beta) / (n + beta * len(row)) for s in vocabulary}
