# verdict: wrong
# what: Walks from the first step to the last.
# diagnosis: The blame of a cell comes from later steps, so walk backwards.
# told: mistake forwards
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    own = grad_h * o * (1 - np.tanh(c) ** 2)
    out = np.zeros_like(c)
    carry = 0.0
    for t in range(len(c)):
        carry = carry * f[t] + own[t]
        out[t] = carry
    return out
