# verdict: wrong
# what: Puts 1 - a_t under the root, with expm1 of the logarithm itself.
# diagnosis: The square of a_t doubles its logarithm: expm1(2 * log a_t).
# told: mistake not_squared
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r, i = _sigmoid(r_push), _sigmoid(i_push)
    log_a = -8.0 * r * np.logaddexp(0.0, -Lambda)
    log_a[first] = -np.inf
    return np.exp(log_a), np.sqrt(-np.expm1(log_a)) * i * x
