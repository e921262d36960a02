# verdict: right
# what: Halves an interval a hundred times until the bias is known.
# diagnosis: none
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    low = np.full(delta.shape, -30.0)
    high = np.maximum(delta, 1.0)
    for _ in range(100):
        middle = 0.5 * (low + high)
        below = np.logaddexp(0.0, middle) < delta
        low = np.where(below, middle, low)
        high = np.where(below, high, middle)
    return 0.5 * (low + high)
