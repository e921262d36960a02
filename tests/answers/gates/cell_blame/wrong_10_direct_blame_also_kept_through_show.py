# verdict: wrong
# what: Multiplies the blame of later cells by o and the slope of this step, too.
# diagnosis: The way along the cell does not lead through h: only the direct part is multiplied by o and the slope.
# told: mistake back_through_the_state
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
        out[t] = (grad_h[t] + carry) * o[t] * (1 - np.tanh(c[t]) ** 2)
        carry = f[t] * out[t]
    return out
