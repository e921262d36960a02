# verdict: right
# what: Singular values by svd; limits in a dict.
# diagnosis: none
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
        return ["vanishes", "grows"][int(np.abs(np.linalg.eigvals(W)).max() > 1)]
    steepest = {"tanh": 1, "sigmoid": 1 / 4}
    return "vanishes" if np.linalg.svd(W)[1][0] * steepest[activation] < 1 else "open"
