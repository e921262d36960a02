# verdict: right
# what: Sets the logarithm of the decay to minus infinity where a document begins.
# diagnosis: none
"""The decay and the input of the RG-LRU."""

import numpy as np


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    log_i = -np.logaddexp(0, -i_push)
    with np.errstate(divide="ignore"):
        log_a = -8 * np.exp(-np.logaddexp(0, -r_push)) * np.logaddexp(0, -Lambda)
    log_a = np.where(first[:, None], -np.inf, log_a)
    return np.exp(log_a), np.sqrt(-np.expm1(2 * log_a)) * np.exp(log_i) * x
