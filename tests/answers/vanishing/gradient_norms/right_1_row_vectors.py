# verdict: right
# what: Row vectors times matrices, norms at the end.
# diagnosis: none
import numpy as np


def gradient_norms(W: np.ndarray, h: np.ndarray, grad_last: np.ndarray) -> np.ndarray:
    """The norm of the gradient with respect to the state 0, 1, 2, ... steps before the last.

    Args:
        W: (d_hidden, d_hidden), how each old state number pushes each new one.
        h: (time, d_hidden), all states, each made by a tanh.
        grad_last: (d_hidden,), the gradient of the loss with respect to h[-1]; it looks at no other.

    Returns:
        (time,), the norm for the last state first.
    """
    rows = np.empty(h.shape)
    rows[0] = grad_last
    for k in range(1, len(h)):
        rows[k] = (rows[k - 1] * (1 - h[-k] ** 2)) @ W
    return np.sqrt((rows * rows).sum(axis=1))
