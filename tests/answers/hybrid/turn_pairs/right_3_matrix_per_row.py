# verdict: right
# what: Builds a rotation matrix for the whole head of each row and multiplies it by the row.
# diagnosis: none
"""Rotary positions, for the fast pairs alone."""

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    rows, d_head = x.shape
    n = d_head // 2
    k = np.arange(n)
    angle = position[:, None] * np.exp(-k / n * np.log(base)) * (k < turning)
    matrix = np.zeros((rows, d_head, d_head))
    matrix[:, k, k] = matrix[:, k + n, k + n] = np.cos(angle)
    matrix[:, k + n, k] = np.sin(angle)
    matrix[:, k, k + n] = -np.sin(angle)
    return np.einsum("rij,rj->ri", matrix, x)
