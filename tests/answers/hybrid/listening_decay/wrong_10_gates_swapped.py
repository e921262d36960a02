# verdict: wrong
# what: Moves the decay with i_push and gates the input with r_push.
# diagnosis: r is the gate of the recurrence, which moves the decay; i is the gate of the input.
# told: mistake gates_swapped
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r = _sigmoid(i_push)
    i = _sigmoid(r_push)
    log_a = -8.0 * r * np.log1p(np.exp(-Lambda))
    a = np.exp(log_a)
    b = np.sqrt(-np.expm1(2 * log_a)) * i * x
    a[first] = 0
    b[first] = (i * x)[first]
    return a, b
