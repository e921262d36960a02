# verdict: wrong
# what: Takes the slope bound 1 for the sigmoid.
# diagnosis: The sigmoid is never steeper than 1/4, so its limit is 4.
# told: mistake sigmoid_like_tanh
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
    return "vanishes" if np.linalg.norm(W, 2) < 1 else "open"
