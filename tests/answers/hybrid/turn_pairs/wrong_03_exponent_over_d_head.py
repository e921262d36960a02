# verdict: wrong
# what: Divides k by d_head in the exponent, not by the number of pairs.
# diagnosis: The usual formula has 2k / d_head, which is k / n; k / d_head lets the speeds fall only half as far.
# told: mistake exponent_over_the_head
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    d_head = x.shape[1]
    n = d_head // 2
    out = x.copy()
    for k in range(turning):
        angle = position * base ** (-k / d_head)
        out[:, k] = x[:, k] * np.cos(angle) - x[:, k + n] * np.sin(angle)
        out[:, k + n] = x[:, k] * np.sin(angle) + x[:, k + n] * np.cos(angle)
    return out
