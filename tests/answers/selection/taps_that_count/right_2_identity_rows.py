# verdict: right
# what: Takes the rows of an identity matrix.
# diagnosis: none
"""A selective layer set by hand, so that it counts."""

import numpy as np


def taps_that_count(
    lag: int, n_symbols: int, beta: float
) -> tuple[list[int], list[int], list[int], float, float]:
    rows = np.eye(lag + 1, dtype=int).tolist()
    return rows[0], rows[-1], rows[-2], 1.0, float(beta)
