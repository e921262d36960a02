# verdict: right
# what: Calls itself on all but the last state.
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
    first = np.array([np.sqrt(np.dot(grad_last, grad_last))])
    if len(h) == 1:
        return first
    before = np.einsum("ij,i,i->j", W, 1 - np.square(h[-1]), grad_last)
    return np.concatenate([first, gradient_norms(W, h[:-1], before)])
