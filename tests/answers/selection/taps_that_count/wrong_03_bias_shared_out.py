# verdict: wrong
# what: Divides beta by the number of symbols to get the bias.
# diagnosis: Each of the S numbers gets a whole beta; the S * beta in the formula comes by itself when the numbers are summed.
# told: mistake bias_shared_out
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
    return value, key, query, 1.0, beta / n_symbols
