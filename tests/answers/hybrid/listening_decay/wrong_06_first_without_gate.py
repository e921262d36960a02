# verdict: wrong
# what: Lets x in whole where a document begins, without i_t.
# diagnosis: There the root becomes 1, not the gate: the input still passes i_t.
# told: mistake whole_input_at_the_beginning
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
    a = np.where(first[:, None], 0.0, a)
    b = np.where(first[:, None], x, b)
    return a, b
