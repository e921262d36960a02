# verdict: wrong
# what: Sets all taps of the last lag steps to 1 in key and query.
# diagnosis: Only the symbol exactly lag steps before counts; with more taps the pairs of all distances are counted together.
# told: mistake all_taps_on
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [1] + [0] * lag
    key = [0] + [1] * lag
    query = [1] * lag + [0]
    return value, key, query, 1.0, beta
