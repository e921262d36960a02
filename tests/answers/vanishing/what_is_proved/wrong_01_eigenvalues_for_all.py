# verdict: wrong
# what: Uses the spectral radius times the slope bound for tanh and sigmoid, too.
# diagnosis: With changing slopes the eigenvalues of W decide nothing; there you need the largest singular value.
# told: mistake eigenvalues_for_all
import numpy as np


def what_is_proved(W: np.ndarray, activation: str) -> str:
    """The fate of a product of many Jacobians of h_t = f(W h_{t-1} + ...), as far as it is proved.

    Args:
        W: (n, n), real.
        activation: what f is, "tanh", "sigmoid" or "linear".

    Returns:
        "vanishes", "grows" or "open".
    """
    radius = np.max(np.abs(np.linalg.eigvals(W)))
    bound = {"tanh": 1.0, "sigmoid": 0.25, "linear": 1.0}[activation]
    if radius * bound < 1:
        return "vanishes"
    return "grows" if activation == "linear" else "open"
