# verdict: wrong
# what: Moves the key with lag but always asks with the newest symbol.
# diagnosis: What will stand lag steps before the next symbol is the newest one for lag 1 alone; otherwise it is lag - 1 steps back.
# told: mistake query_is_the_newest
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [0] * (lag + 1)
    key = [0] * (lag + 1)
    query = [0] * (lag + 1)
    value[0] = 1
    key[lag] = 1
    query[0] = 1
    return value, key, query, 1.0, beta
