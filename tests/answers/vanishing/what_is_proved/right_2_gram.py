# verdict: right
# what: The largest stretch from the eigenvalues of W^T W, and the radius by high powers.
# diagnosis: none
import math
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
        M = np.array(W, dtype=float)
        log = 0.0
        for _ in range(24):  # M^(2^24), kept at size 1
            size = np.abs(M).max()
            if size == 0:
                return "vanishes"
            M = M / size
            log = 2 * (log + math.log(size))
            M = M @ M
        size = np.abs(M).max()
        return "vanishes" if size == 0 or log + math.log(size) < 0 else "grows"
    limit = 4.0 if activation == "sigmoid" else 1.0
    return "vanishes" if math.sqrt(np.linalg.eigvalsh(W.T @ W)[-1]) < limit else "open"
