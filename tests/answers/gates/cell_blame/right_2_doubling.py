# verdict: right
# what: A scan from the back by doubling.
# diagnosis: none
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    b = grad_h * o * (1 - np.tanh(c) ** 2)
    a = np.concatenate([f[1:], np.zeros_like(f[:1])])
    step = 1
    while step < len(c):
        later_a = np.concatenate([a[step:], np.zeros_like(a[:step])])
        later_b = np.concatenate([b[step:], np.zeros_like(b[:step])])
        b = b + a * later_b
        a = a * later_a
        step *= 2
    return b
