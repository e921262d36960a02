# verdict: right
# what: Makes one complex number of each pair and multiplies it by a number on the unit circle.
# diagnosis: none
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    z = x[:, :n] + 1j * x[:, n:]
    w = base ** (-np.arange(turning) / n)
    z[:, :turning] *= np.exp(1j * np.multiply.outer(position, w))
    return np.concatenate([z.real, z.imag], axis=1)
