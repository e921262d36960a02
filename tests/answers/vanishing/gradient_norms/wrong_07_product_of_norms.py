# verdict: wrong
# what: Multiplies the norms of the factors instead of the factors.
# diagnosis: The norm of a product is at most the product of the norms; walk back with the arrow itself.
# told: mistake bound_for_the_norm
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
    stretch = np.linalg.norm(W, 2)
    norms = [np.linalg.norm(grad_last)]
    for t in range(len(h) - 1, 0, -1):
        norms.append(norms[-1] * stretch * np.max(1 - h[t] ** 2))
    return np.array(norms)
