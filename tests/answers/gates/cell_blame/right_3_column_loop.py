# verdict: right
# what: Plain Python numbers, one unit after the other.
# diagnosis: none
import math
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    time, width = c.shape
    out = np.empty((time, width))
    for j in range(width):
        later = 0.0
        keep_next = 0.0
        for t in range(time - 1, -1, -1):
            squeezed = math.tanh(c[t, j])
            later = float(grad_h[t, j] * o[t, j]) * (1 - squeezed * squeezed) + keep_next * later
            keep_next = float(f[t, j])
            out[t, j] = later
    return out
