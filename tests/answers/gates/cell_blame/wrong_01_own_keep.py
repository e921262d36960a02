# verdict: wrong
# what: Carries the blame back with f[t] instead of f[t + 1].
# diagnosis: Cell t is kept by the gate of the next step, f[t + 1].
# told: mistake own_gate
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    out = np.zeros_like(c)
    carry = np.zeros(c.shape[1])
    for t in range(len(c) - 1, -1, -1):
        carry = carry * f[t] + grad_h[t] * o[t] * (1 - np.tanh(c[t]) ** 2)
        out[t] = carry
    return out
