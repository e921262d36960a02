# verdict: wrong
# what: Works out the angles in float32.
# diagnosis: At position a million float32 knows an angle to a few hundredths only; make the angle in float64.
# told: mistake angles_in_single_precision
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    rows, d_head = x.shape
    n = d_head // 2
    k = np.arange(n, dtype=np.float32)
    speed = np.float32(base) ** (-k / np.float32(n))
    speed[turning:] = 0
    angle = position.astype(np.float32)[:, None] * speed
    cos, sin = np.cos(angle), np.sin(angle)
    a, b = x[:, :n], x[:, n:]
    return np.concatenate([a * cos - b * sin, a * sin + b * cos], axis=1)
