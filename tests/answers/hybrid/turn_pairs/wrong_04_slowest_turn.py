# verdict: wrong
# what: Turns the last pairs, which are the slowest.
# diagnosis: Pair 0 is the fastest, for base to a more negative power is smaller; so the turning ones are the first.
# told: mistake slow_ones_turn
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    speeds = base ** (-np.arange(n) / n)
    speeds[: n - turning] = 0.0
    angle = np.outer(position, speeds)
    first, second = x[:, :n], x[:, n:]
    return np.concatenate(
        [first * np.cos(angle) - second * np.sin(angle), first * np.sin(angle) + second * np.cos(angle)], axis=1
    )
