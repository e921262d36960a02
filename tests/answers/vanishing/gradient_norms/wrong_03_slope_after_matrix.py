# verdict: wrong
# what: Multiplies by the slope after the matrix.
# diagnosis: On the way back you meet the tanh first, and the matrix after it.
# told: mistake slope_after_the_matrix
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
    g = grad_last
    norms = [np.linalg.norm(g)]

    for t in range(len(h) - 1, 0, -1):
        g = (1 - h[t] ** 2) * (W.T @ g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)
