# verdict: wrong
# what: Sets a to 0 where a document begins, after b has been made with the old a.
# diagnosis: With a_t = 0 nothing is kept, so the factor sqrt(1 - a_t ** 2) is 1 there; b has to be made after the reset.
# told: mistake root_made_before_the_reset
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
    b = np.sqrt(-np.expm1(2 * log_a)) * (i * x)
    a[first] = 0.0
    return a, b
