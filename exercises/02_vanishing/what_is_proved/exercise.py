"""What the conditions of the lesson prove of a matrix."""

import numpy as np


def what_is_proved(W: np.ndarray, activation: str) -> str:
    """The fate of a product of many Jacobians of h_t = f(W h_{t-1} + ...), as far as it is proved.

    Args:
        W: (n, n), real.
        activation: what f is, "tanh", "sigmoid" or "linear".

    Returns:
        "vanishes", "grows" or "open".
    """
    # BEGIN SOLUTION
    if activation == "linear":
        return "vanishes" if max(abs(np.linalg.eigvals(W))) < 1 else "grows"
    steepest = {"tanh": 1.0, "sigmoid": 0.25}[activation]
    return "vanishes" if steepest * np.linalg.norm(W, 2) < 1 else "open"
    # END SOLUTION
