# verdict: wrong
# what: Makes the speeds of the turning pairs from `turning` in place of n.
# diagnosis: In p-RoPE the fast pairs keep the speeds that they have in the whole head; new speeds for a smaller head are another scheme.
# told: mistake spread_anew
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    out = x.copy()
    for k in range(turning):
        angle = position * base ** (-k / turning)
        c, s = np.cos(angle), np.sin(angle)
        out[:, k] = x[:, k] * c - x[:, k + n] * s
        out[:, k + n] = x[:, k] * s + x[:, k + n] * c
    return out
