# verdict: wrong
# what: Takes the first 2 * turning numbers of the row and splits these in half to make pairs.
# diagnosis: That is how partial RoPE cuts a head; here the partner of number k lies n further on, however many pairs turn.
# told: mistake partner_next_to_the_turning_ones
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    k = np.arange(turning)
    angle = position[:, None] * base ** (-k / n)
    a = x[:, :turning]
    b = x[:, turning : 2 * turning]
    rest = x[:, 2 * turning :]
    return np.concatenate(
        [a * np.cos(angle) - b * np.sin(angle), a * np.sin(angle) + b * np.cos(angle), rest], axis=1
    )
