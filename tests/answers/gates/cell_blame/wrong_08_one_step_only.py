# verdict: wrong
# what: Looks only one step ahead.
# diagnosis: The blame of the next cell is all of its blame, with that of the steps after it.
# told: mistake one_step_ahead
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    own = grad_h * o * (1 - np.tanh(c) ** 2)
    out = own.copy()
    out[:-1] += f[1:] * own[1:]
    return out
