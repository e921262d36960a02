# verdict: right
# what: Goes through rows and pairs with the math module.
# diagnosis: none
"""Rotary positions, for the fast pairs alone."""

import math

import numpy as np


def turn_pairs(x: np.ndarray, position: np.ndarray, turning: int, base: float) -> np.ndarray:

    n = x.shape[1] // 2
    out = []
    for row, p in zip(x.tolist(), position.tolist()):
        line = list(row)
        for k in range(turning):
            angle = p * math.pow(base, -k / n)
            line[k] = row[k] * math.cos(angle) - row[k + n] * math.sin(angle)
            line[k + n] = row[k] * math.sin(angle) + row[k + n] * math.cos(angle)
        out.append(line)
    return np.array(out, dtype=np.float64)
