# verdict: right
# what: With unit vectors, so that only the length of one arrow is left.
# diagnosis: none
import numpy as np


def omega(grad_z: np.ndarray, h: np.ndarray, W: np.ndarray) -> tuple[float, np.ndarray]:
    """The penalty Omega of one sequence, and its immediate derivative with respect to W.

    Args:
        grad_z: (time, d_hidden), the gradient of the loss with respect to what is inside each tanh.
        h: (time, d_hidden), the states.
        W: (d_hidden, d_hidden), how each old state number pushes each new one.

    Returns:
        Omega, and an array (d_hidden, d_hidden): how Omega changes with each number of W, with grad_z and h
        held fixed.
    """
    value, grad = 0.0, np.zeros(W.shape)
    for g, state in zip(grad_z[1:], h[:-1]):
        if g @ g < 1e-20:
            continue
        e = g / np.sqrt(g @ g)
        v = (1 - state**2) * (e @ W)
        r = np.sqrt(v @ v)
        value = value + (r - 1) ** 2
        grad = grad + 2 * (r - 1) / r * e[:, None] * ((1 - state**2) * v)[None, :]
    return value, grad
