# verdict: wrong
# what: Turns the second number with the first number that has been turned already.
# diagnosis: Both new numbers are made of the two old ones; once the first is written over, the second reads the wrong value.
# told: mistake turned_number_used
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    out = x.copy()
    n = x.shape[1] // 2
    for k in range(turning):
        angle = position * base ** (-k / n)
        out[:, k] = out[:, k] * np.cos(angle) - out[:, k + n] * np.sin(angle)
        out[:, k + n] = out[:, k] * np.sin(angle) + out[:, k + n] * np.cos(angle)
    return out
