"""Turn one row of counts into probabilities that leave room for surprises."""


def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    """The add-beta probability of every symbol after one context.

    counts: counts[c][x] is how often x came after c; what never occurred is not listed.
    context: the context c. vocabulary: all symbols, each once. beta: a positive number.
    Returns the probability of each symbol of the vocabulary.
    """
    # BEGIN SOLUTION
    row = counts.get(context, {})
    total = sum(row.values()) + beta * len(vocabulary)
    return {x: (row.get(x, 0) + beta) / total for x in vocabulary}
    # END SOLUTION
