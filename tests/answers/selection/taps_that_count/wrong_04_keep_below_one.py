# verdict: wrong
# what: Sets keep to 0.99, because a state has to fade.
# diagnosis: A count must not fade: with keep = 1 every step counts the same for ever.
# told: mistake counts_fade
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [0] * (lag + 1)
    key = [0] * (lag + 1)
    query = [0] * (lag + 1)
    value[0] = 1
    key[lag] = 1
    query[lag - 1] = 1
    return value, key, query, 0.99, beta
