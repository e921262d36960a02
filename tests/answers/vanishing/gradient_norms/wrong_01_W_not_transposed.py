# verdict: wrong
# what: Multiplies by W on the way back.
# diagnosis: A push from unit j to unit i goes forward by W[i, j], so blame comes back by W transposed.
# told: mistake matrix_for_its_transpose
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
        g = W @ ((1 - h[t] ** 2) * g)
        norms.append(np.linalg.norm(g))
    return np.array(norms)
