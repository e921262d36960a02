# verdict: wrong
# what: Hands all of the blame back, as if all keep gates were 1.
# diagnosis: On its way back the blame is multiplied by the keep gates.
# told: mistake never_forgets
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    own = grad_h * o * (1 - np.tanh(c) ** 2)
    return np.cumsum(own[::-1], axis=0)[::-1]
