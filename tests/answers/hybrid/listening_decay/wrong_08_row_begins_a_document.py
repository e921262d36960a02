# verdict: wrong
# what: Treats step 0 as the beginning of a document even where `first` says no.
# diagnosis: The array may be a later piece of a text; only `first` says where a document begins, and that may be nowhere.
# told: mistake first_row_begins
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r, i = _sigmoid(r_push), _sigmoid(i_push)
    begin = first.copy()
    begin[0] = True
    log_a = -8.0 * r * np.log1p(np.exp(-Lambda))
    a = np.where(begin[:, None], 0.0, np.exp(log_a))
    b = np.where(begin[:, None], 1.0, np.sqrt(-np.expm1(2 * log_a))) * (i * x)
    return a, b
