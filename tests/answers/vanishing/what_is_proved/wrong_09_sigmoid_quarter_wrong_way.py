# verdict: wrong
# what: Compares the stretch with 1/4 for the sigmoid.
# diagnosis: A slope of at most 1/4 lets W stretch by up to 4.
# told: mistake slope_for_its_inverse
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
        return "vanishes" if np.max(np.abs(np.linalg.eigvals(W))) < 1 else "grows"
    limit = {"tanh": 1.0, "sigmoid": 0.25}[activation]
    return "vanishes" if np.linalg.norm(W, 2) < limit else "open"
