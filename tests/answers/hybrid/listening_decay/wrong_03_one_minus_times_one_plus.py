# verdict: wrong
# what: Writes 1 - a ** 2 as (1 - a) * (1 + a) to save the digits.
# diagnosis: The digits are gone in a itself, which has been rounded to 1; no rewriting of the product brings them back.
# told: mistake subtracted_from_one
"""The decay and the input of the RG-LRU."""

import numpy as np


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r = _sigmoid(r_push)
    i = _sigmoid(i_push)
    log_a = -8 * r * np.log1p(np.exp(-Lambda))
    a = np.exp(log_a)
    a[first] = 0.0
    b = np.sqrt((1 - a) * (1 + a)) * i * x
    return a, b
