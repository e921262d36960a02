# verdict: wrong
# what: Takes n(c) as how often c came after something (a column of the table) instead of before something.
# diagnosis: n(c) is how often c came before anything: the sum of its own row, not of its column.
# told: mistake total_of_a_column
def smooth_counts(
    counts: dict[str, dict[str, int]], context: str, vocabulary: str, beta: float
) -> dict[str, float]:
    times = 0
    for other in counts:
        times += counts[other].get(context, 0)

    def p(x):
        n = counts.get(context, {}).get(x, 0)
        return (n + beta) / (times + beta * len(vocabulary))

    return {x: p(x) for x in vocabulary}
