# verdict: wrong
# what: Leaves out the slope of tanh.
# diagnosis: The cell is shown through tanh, so its blame is multiplied by the slope 1 - tanh(c)^2.
# told: mistake slope_left_out
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    out = np.zeros_like(c)
    carry = 0.0
    for t in reversed(range(len(c))):
        out[t] = carry + grad_h[t] * o[t]
        carry = out[t] * f[t]
    return out
