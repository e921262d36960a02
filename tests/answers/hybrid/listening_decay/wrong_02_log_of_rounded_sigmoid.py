# verdict: wrong
# what: Uses expm1, but takes the logarithm of a sigmoid that has been rounded already.
# diagnosis: For a big Lambda the sigmoid is already 1 and its logarithm 0; get log(sigmoid(z)) as -log1p(exp(-z)), without the detour.
# told: mistake logarithm_of_a_rounded_sigmoid
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r = _sigmoid(r_push)
    i = _sigmoid(i_push)
    log_a = 8 * r * np.log(_sigmoid(Lambda))
    a = np.exp(log_a)
    b = np.sqrt(-np.expm1(2 * log_a)) * i * x
    begin = first[:, None]
    return np.where(begin, 0.0, a), np.where(begin, i * x, b)
