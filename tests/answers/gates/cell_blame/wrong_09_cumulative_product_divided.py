# verdict: wrong
# what: Multiplies by products of all gates and divides again, which breaks when a gate is 0 or steps are many.
# diagnosis: A product of thousands of gates is 0 in floats, and one gate may be 0: walk back step by step instead.
# told: mistake divided
import numpy as np


def cell_blame(f: np.ndarray, o: np.ndarray, c: np.ndarray, grad_h: np.ndarray) -> np.ndarray:
    """The gradient of the loss with respect to every cell, along the cells, with all gates held fixed.

    f, o, c: (time, d_hidden), the keep gates, the show gates and the cells of each step.
    grad_h: (time, d_hidden), the gradient of the loss with respect to h of each step, as the loss sees it.
    Returns an array (time, d_hidden).
    """
    own = grad_h * o * (1 - np.tanh(c) ** 2)
    products = np.cumprod(f, axis=0)
    with np.errstate(all="ignore"):
        sums = np.cumsum((own * products)[::-1], axis=0)[::-1]
        return np.nan_to_num(sums / products)
