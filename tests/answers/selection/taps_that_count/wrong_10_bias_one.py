# verdict: wrong
# what: Sets the bias to 1, as add-one smoothing does.
# diagnosis: beta says how much is added to each count; 1 is only one possible beta.
# told: mistake bias_of_one
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
    return value, key, query, 1.0, 1.0
