"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:
    """Turn the `turning` fastest pairs of each query or key by an angle that grows with its position.

    Args:
        x: one query or key for each row, (rows, d_head), float64; d_head is even.
        position: where each of them stands in its text, whole numbers, (rows,).
        turning: how many pairs turn, from 0 to d_head / 2.
        base: from which the speeds are made, above 1.

    Returns:
        The turned rows, (rows, d_head), float64.
    """
    # BEGIN SOLUTION
    pairs = x.shape[1] // 2
    speeds = np.where(np.arange(pairs) < turning, base ** (-np.arange(pairs) / pairs), 0.0)
    angle = position[:, None] * speeds
    first, second = x[:, :pairs], x[:, pairs:]
    cos, sin = np.cos(angle), np.sin(angle)
    return np.concatenate([first * cos - second * sin, second * cos + first * sin], axis=1)
    # END SOLUTION
