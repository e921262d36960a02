# verdict: wrong
# what: Writes the older symbol as value and the newer as key.
# diagnosis: The table is read by its second index, which is the key: there must stand what is known, and the value is what is to be guessed.
# told: mistake value_and_key_swapped
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    value = [0] * (lag + 1)
    key = [0] * (lag + 1)
    query = [0] * (lag + 1)
    value[lag] = 1
    key[0] = 1
    query[lag - 1] = 1
    return value, key, query, 1.0, beta
