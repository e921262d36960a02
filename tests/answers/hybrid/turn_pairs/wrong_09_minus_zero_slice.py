# verdict: wrong
# what: Stops the slow pairs with speeds[-(n - turning):] = 0, which stops all when none should stop.
# diagnosis: If all pairs turn, the slice begins at -0, and that is the beginning; write speeds[turning:].
# told: mistake none_turns_where_all_should
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    speeds = base ** (-np.arange(n) / n)
    still = n - turning
    speeds[-still:] = 0.0
    angle = position.reshape(-1, 1) * speeds
    rotated = np.concatenate([-x[:, n:], x[:, :n]], axis=1)
    angle = np.concatenate([angle, angle], axis=1)
    return x * np.cos(angle) + rotated * np.sin(angle)
