# verdict: wrong
# what: Counts what followed the newest symbol, whatever lag is.
# diagnosis: For lag 1 the newest symbol tells the next; for others it is an older one, and the taps have to move with lag.
# told: mistake always_the_newest
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [0] * (lag + 1)
    key = [0] * (lag + 1)
    query = [0] * (lag + 1)
    value[0] = 1
    key[1] = 1
    query[0] = 1
    return value, key, query, 1.0, beta
