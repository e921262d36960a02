# verdict: wrong
# what: Gives the query the same tap as the key: lag steps back from the step itself.
# diagnosis: The key belongs to the step that has just come, the query to the one that comes next; seen from there everything is one step nearer, at tap lag - 1.
# told: mistake query_as_far_back_as_the_key
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [0] * (lag + 1)
    key = [0] * (lag + 1)
    query = [0] * (lag + 1)
    value[0] = 1
    key[lag] = 1
    query[lag] = 1
    return value, key, query, 1.0, beta
