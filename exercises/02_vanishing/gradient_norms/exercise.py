"""The length of the gradient on its way back through time."""

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
    # BEGIN SOLUTION
    grad = grad_last
    norms = [np.linalg.norm(grad)]
    for later in h[:0:-1]:
        grad = W.T @ ((1 - later**2) * grad)
        norms.append(np.linalg.norm(grad))
    return np.array(norms)
    # END SOLUTION
