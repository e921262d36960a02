# verdict: wrong
# what: Each step has only its own blame.
# diagnosis: A nudge is also kept for later steps: add what the next cell is blamed for, times the gate that keeps it.
# told: mistake later_steps_left_out
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    return grad_h * o * (1 - np.tanh(c) ** 2)
