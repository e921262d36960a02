# verdict: right
# what: Takes the slope as 1 / cosh(c)^2 and stacks a list.
# diagnosis: none
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    rows = [grad_h[-1] * o[-1] / np.cosh(c[-1]) ** 2]
    for t in range(len(c) - 2, -1, -1):
        rows.append(rows[-1] * f[t + 1] + grad_h[t] * o[t] / np.cosh(c[t]) ** 2)
    return np.stack(rows[::-1])
