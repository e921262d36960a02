# verdict: wrong
# what: Turns from the second number towards the first.
# diagnosis: (1, 0) must become (cos, sin): the minus belongs to the sine in the first number.
# told: mistake backwards
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    w = base ** (-np.arange(n) / n)
    w[turning:] = 0.0
    angle = position[:, None] * w[None, :]
    cos, sin = np.cos(angle), np.sin(angle)
    a, b = x[:, :n], x[:, n:]
    return np.hstack([a * cos + b * sin, b * cos - a * sin])
