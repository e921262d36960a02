# verdict: right
# what: All steps at once.
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
    g, slope = grad_z[1:], 1 - h[:-1] ** 2
    size = np.sqrt((g**2).sum(axis=1))
    keep = size**2 >= 1e-20
    g, slope, size = g[keep], slope[keep], size[keep]
    u = slope * (g @ W)
    length = np.sqrt((u**2).sum(axis=1))
    off = length / size - 1
    weights = 2 * off / (size * length)
    return float((off**2).sum()), (g * weights[:, None]).T @ (slope * u)
