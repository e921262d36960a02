# verdict: wrong
# what: Looks at the largest number in W.
# diagnosis: A matrix of small numbers may stretch a lot, and the other way round.
# told: mistake largest_number
import numpy as np


def what_is_proved(W: np.ndarray, activation: str) -> str:
    """The fate of a product of many Jacobians of h_t = f(W h_{t-1} + ...), as far as it is proved.

    Args:
        W: (n, n), real.
        activation: what f is, "tanh", "sigmoid" or "linear".

    Returns:
        "vanishes", "grows" or "open".
    """
    size = np.max(np.abs(W))
    bound = {"tanh": 1.0, "sigmoid": 0.25, "linear": 1.0}[activation]
    if size * bound < 1:
        return "vanishes"
    return "grows" if activation == "linear" else "open"
