"""A penalty on gradients that change their length on the way back."""

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
    # BEGIN SOLUTION
    total, grad_W = 0.0, np.zeros_like(W)
    for slope, g in zip(1 - h[:-1] ** 2, grad_z[1:], strict=True):
        if g @ g < 1e-20:
            continue
        u = slope * (W.T @ g)
        before, after = np.linalg.norm(g), np.linalg.norm(u)
        total += (after / before - 1) ** 2
        grad_W += 2 * (after / before - 1) / (before * after) * np.outer(g, slope * u)
    return total, grad_W
    # END SOLUTION
