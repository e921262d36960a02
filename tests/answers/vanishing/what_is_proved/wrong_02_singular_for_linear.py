# verdict: wrong
# what: Uses the largest singular value for the linear network as well.
# diagnosis: With one matrix at all steps its powers decide, and they follow the largest eigenvalue.
# told: mistake stretch_for_linear
import numpy as np


def what_is_proved(W: np.ndarray, activation: str) -> str:
    """The fate of a product of many Jacobians of h_t = f(W h_{t-1} + ...), as far as it is proved.

    Args:
        W: (n, n), real.
        activation: what f is, "tanh", "sigmoid" or "linear".

    Returns:
        "vanishes", "grows" or "open".
    """
    stretch = np.linalg.norm(W, 2)
    bound = {"tanh": 1.0, "sigmoid": 0.25, "linear": 1.0}[activation]
    if stretch * bound < 1:
        return "vanishes"
    return "grows" if activation == "linear" else "open"
