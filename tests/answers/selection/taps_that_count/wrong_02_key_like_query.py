# verdict: wrong
# what: Puts key and query both at tap lag - 1.
# diagnosis: The value of this step stood lag steps after its key, so the key needs tap lag; only the query is one step nearer.
# told: mistake key_as_near_as_the_query
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [0] * (lag + 1)
    key = [0] * (lag + 1)
    query = [0] * (lag + 1)
    value[0] = 1
    key[lag - 1] = 1
    query[lag - 1] = 1
    return value, key, query, 1.0, beta
