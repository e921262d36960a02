# verdict: wrong
# what: Writes the taps with the oldest first.
# diagnosis: The first tap is that of the step itself, so the list runs back in time.
# told: mistake oldest_first
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    n = lag + 1
    value = [0] * (n - 1) + [1]
    key = [1] + [0] * (n - 1)
    query = [0] * n
    query[1] = 1
    return value, key, query, 1.0, beta
