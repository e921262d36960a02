# verdict: wrong
# what: Keeps the number under the root above 1e-12 so that b is never 0.
# diagnosis: A floor makes b not zero but wrong; the true number under the root can be far below any floor.
# told: mistake floor_under_the_root
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r, i = _sigmoid(r_push), _sigmoid(i_push)
    log_a = -8.0 * r * np.logaddexp(0.0, -Lambda)
    a = np.exp(log_a)
    under = np.maximum(-np.expm1(2 * log_a), 1e-12)
    b = np.sqrt(under) * (i * x)
    for t in range(len(first)):
        if first[t]:
            a[t] = 0.0
            b[t] = i[t] * x[t]
    return a, b
