# verdict: wrong
# what: Pairs number 2k with number 2k + 1.
# diagnosis: There are two layouts in use; here a pair is number k and number k + n, half a head apart.
# told: mistake neighbours_paired
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    k = np.arange(n)
    w = np.where(k < turning, base ** (-k / n), 0.0)
    angle = position[:, None] * w
    a, b = x[:, 0::2], x[:, 1::2]
    out = np.empty_like(x)
    out[:, 0::2] = a * np.cos(angle) - b * np.sin(angle)
    out[:, 1::2] = a * np.sin(angle) + b * np.cos(angle)
    return out
