"""The gradient that stays on the road through the cell."""

import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    # BEGIN SOLUTION
    blame = grad_h * o * (1 - np.tanh(c) ** 2)
    for t in reversed(range(len(c) - 1)):
        blame[t] += f[t + 1] * blame[t + 1]
    return blame
    # END SOLUTION
