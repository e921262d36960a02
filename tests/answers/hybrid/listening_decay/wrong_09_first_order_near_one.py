# verdict: wrong
# what: Replaces 1 - a ** 2 by -2 * log a where a is within 1e-4 of 1.
# diagnosis: One term of the series is right to as many digits as the term is small; at 1e-4 that is four digits, not nine.
# told: nothing
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r, i = _sigmoid(r_push), _sigmoid(i_push)
    log_a = -8.0 * r * np.log1p(np.exp(-Lambda))
    a = np.exp(log_a)
    under = np.where(log_a > -1e-4, -2 * log_a, 1 - a**2)
    a[first] = 0
    under[first] = 1
    return a, np.sqrt(under) * i * x
