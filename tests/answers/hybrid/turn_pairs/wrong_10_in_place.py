# verdict: wrong
# what: Writes the turned numbers back into x.
# diagnosis: A slice of an array is a view; assigning to it changes the caller's array. Take a copy first.
# told: in place
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    for k in range(turning):
        angle = position * base ** (-k / n)
        a = x[:, k].copy()
        b = x[:, k + n].copy()
        x[:, k] = a * np.cos(angle) - b * np.sin(angle)
        x[:, k + n] = a * np.sin(angle) + b * np.cos(angle)
    return x
