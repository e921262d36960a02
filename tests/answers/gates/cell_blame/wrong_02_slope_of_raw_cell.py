# verdict: wrong
# what: Takes 1 - c**2 for the slope of tanh.
# diagnosis: The slope is 1 - tanh(c)^2; c itself has not been squeezed yet.
# told: mistake slope_of_the_cell
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
        carry = carry + grad_h[t] * o[t] * (1 - c[t] ** 2)
        out[t] = carry
        carry = carry * f[t]
    return out
