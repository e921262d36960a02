# verdict: right
# what: A chain of ifs, returns a numpy string.
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
    words = np.array(["vanishes", "grows", "open"])
    if activation == "tanh":
        return str(words[0 if np.linalg.norm(W, ord=2) < 1 else 2])
    elif activation == "sigmoid":
        return str(words[0 if np.linalg.norm(W / 4, ord=2) < 1 else 2])
    return str(words[0 if max(abs(np.linalg.eigvals(W))) < 1 else 1])
