# verdict: wrong
# what: For tanh and the sigmoid, takes the spectral radius of W without signs, a sharper condition that is true.
# diagnosis: What you prove is true, but it is not one of the lesson's conditions, which are what is asked for.
# told: mistake numbers_without_signs
import numpy as np


def what_is_proved(W: np.ndarray, activation: str) -> str:
    """The fate of a product of many Jacobians of h_t = f(W h_{t-1} + ...), as far as it is proved.

    Args:
        W: (n, n), real.
        activation: what f is, "tanh", "sigmoid" or "linear".

    Returns:
        "vanishes", "grows" or "open".
    """
    radius = np.abs(np.linalg.eigvals(W)).max()
    if activation == "linear":
        return "vanishes" if radius < 1 else "grows"
    slope = 1.0 if activation == "tanh" else 0.25
    # slopes lie in [0, slope], so number by number |J_k ... J_1| <= (slope |W|)^k
    bound = slope * np.abs(np.linalg.eigvals(np.abs(W))).max()
    return "vanishes" if bound < 1 else "open"
