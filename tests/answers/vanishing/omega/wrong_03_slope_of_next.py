# verdict: wrong
# what: Takes the slope at step t + 1.
# diagnosis: u_t goes through the tanh of step t, so its slope is 1 - h_t^2.
# told: mistake slope_of_the_later_state
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
        slope = 1 - h[t + 1] ** 2
        u = slope * (W.T @ g)
        ratio = np.linalg.norm(u) / size
        total += (ratio - 1) ** 2
        grad_W += 2 * (ratio - 1) / (size * np.linalg.norm(u)) * np.outer(g, slope * u)
    return total, grad_W
