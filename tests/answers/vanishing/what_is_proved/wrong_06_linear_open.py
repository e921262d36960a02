# verdict: wrong
# what: Says open for a linear network above the limit.
# diagnosis: In a linear network nothing shrinks the eigenvector's direction: a radius above 1 grows whatever comes in.
# told: mistake linear_never_sure
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
        return "vanishes" if np.max(np.abs(np.linalg.eigvals(W))) < 1 else "open"
    bound = {"tanh": 1.0, "sigmoid": 0.25}[activation]
    return "vanishes" if np.linalg.norm(W, 2) * bound < 1 else "open"
