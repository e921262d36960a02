# verdict: wrong
# what: Takes the largest real part of an eigenvalue instead of its size.
# diagnosis: A complex or negative eigenvalue counts by its distance from 0.
# told: mistake real_parts
import numpy as np


def what_is_proved(W: np.ndarray, activation: str) -> str:
    """The fate of a product of many Jacobians of h_t = f(W h_{t-1} + ...), as far as it is proved.

    Args:
        W: (n, n), real.
        activation: what f is, "tanh", "sigmoid" or "linear".

    Returns:
        "vanishes", "grows" or "open".
    """
    if activation == "linear":
        return "vanishes" if np.max(np.linalg.eigvals(W).real) < 1 else "grows"
    bound = {"tanh": 1.0, "sigmoid": 0.25}[activation]
    return "vanishes" if np.linalg.norm(W, 2) * bound < 1 else "open"
