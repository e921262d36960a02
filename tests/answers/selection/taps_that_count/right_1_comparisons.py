# verdict: right
# what: Makes each tap by a comparison of its distance, and keeps with a whole 1.
# diagnosis: none
"""A selective layer set by hand, so that it counts."""


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    back = range(lag + 1)
    value = [int(k == 0) for k in back]
    key = [int(k == lag) for k in back]
    query = [int(k + 1 == lag) for k in back]
    return value, key, query, 1, beta
