# verdict: wrong
# what: Computes the five formulas just as they are written.
# diagnosis: Near 1 the subtraction 1 - a_t ** 2 has nothing left to subtract; stay with the logarithm of a and use expm1.
# told: mistake as_it_stands
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r = _sigmoid(r_push)
    i = _sigmoid(i_push)
    a = _sigmoid(Lambda) ** (8 * r)
    a = np.where(first[:, None], 0.0, a)
    b = np.sqrt(1 - a**2) * (i * x)
    return a, b
