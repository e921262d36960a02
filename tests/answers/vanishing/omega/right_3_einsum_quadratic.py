# verdict: right
# what: By a quadratic form: the squared ratio is e^T W D^2 W^T e.
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
    value, grad = np.float64(0), 0 * W
    for t in range(1, len(grad_z)):
        s = np.sum(grad_z[t] ** 2)
        if s < 1e-20:
            continue
        D2 = (1 - h[t - 1] ** 2) ** 2
        E = np.outer(grad_z[t], grad_z[t]) / s
        r = np.sqrt(np.einsum("ij,ik,jk,k->", E, W, W, D2))
        value += (r - 1) ** 2
        grad = grad + 2 * (r - 1) * (1 / r) * (E @ W * D2)
    return [value, grad]
