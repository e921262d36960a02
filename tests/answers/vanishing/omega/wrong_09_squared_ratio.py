# verdict: wrong
# what: Takes the ratio of the squared lengths.
# diagnosis: The ratio is that of the lengths themselves.
# told: mistake ratio_of_squares
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
    total, grad_W = 0.0, np.zeros_like(W)
    for t in range(len(h) - 1):
        g = grad_z[t + 1]
        size = np.linalg.norm(g)
        if size**2 < 1e-20:
            continue
        slope = 1 - h[t] ** 2
        u = slope * (W.T @ g)
        ratio = (u @ u) / size**2
        total += (ratio - 1) ** 2
        grad_W += 4 * (ratio - 1) / size**2 * np.outer(g, slope * u)
    return total, grad_W
