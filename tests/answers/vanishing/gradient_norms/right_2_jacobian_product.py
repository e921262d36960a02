# verdict: right
# what: Multiplies the Jacobians into one matrix and applies it to the gradient.
# diagnosis: none
import math
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
    product = np.eye(len(W))
    norms = []
    for t in reversed(range(len(h))):
        norms.append(math.hypot(*(grad_last @ product)))
        product = product @ (np.diag((1 - h[t]) * (1 + h[t])) @ W)
    return np.asarray(norms)
