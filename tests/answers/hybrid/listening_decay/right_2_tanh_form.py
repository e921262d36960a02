# verdict: right
# what: Makes 1 - a ** 2 out of the hyperbolic tangent of the logarithm, and a from it too.
# diagnosis: none
"""The decay and the input of the RG-LRU."""

import numpy as np


def listening_decay(
    x: np.ndarray, r_push: np.ndarray, i_push: np.ndarray, Lambda: np.ndarray, first: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:

    r = 0.5 * (1 + np.tanh(r_push / 2))
    r = np.where(r_push < 0, np.exp(r_push) / (1 + np.exp(r_push)), r)
    gated = x / (1 + np.exp(-i_push))
    depth = 8 * r * (np.log1p(np.exp(-np.abs(Lambda))) + np.maximum(-Lambda, 0))
    tanh = np.tanh(depth)
    a = np.exp(-depth)
    b = np.sqrt(2 * tanh / (1 + tanh)) * gated
    start = first.nonzero()[0]
    a[start] = 0
    b[start] = gated[start]
    return a, b
