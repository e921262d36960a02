# verdict: wrong
# what: Says that tanh grows when the spectral radius is above 1.
# diagnosis: The slopes of tanh may be as small as you like, so nothing makes it grow for sure.
# told: mistake radius_proves_growth
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
    if activation == "linear":
        return "vanishes" if radius < 1 else "grows"
    bound = {"tanh": 1.0, "sigmoid": 0.25}[activation]
    if np.linalg.norm(W, 2) * bound < 1:
        return "vanishes"
    return "grows" if radius * bound > 1 else "open"
