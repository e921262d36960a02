# verdict: right
# what: Puts h and x side by side and W and U too, and multiplies once.
# diagnosis: none
import numpy as np


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)), for numbers of any size."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def lstm_step(
    x_t: np.ndarray, h: np.ndarray, c: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The new h and c of every sequence in the batch.

    x_t: (batch, d_in), the input of this step. h, c: (batch, d_hidden), before it.
    W: (4 d_hidden, d_hidden), on h. U: (4 d_hidden, d_in), on x_t. b: (4 d_hidden,). Their rows belong to
    i, f, g and o, d_hidden to each, in this order.
    Returns the new h and the new c, each (batch, d_hidden).
    """
    both = np.concatenate([h, x_t], axis=1) @ np.concatenate([W, U], axis=1).T + b
    i, f, g, o = (both[:, k * h.shape[1] : (k + 1) * h.shape[1]] for k in range(4))
    new = _sigmoid(f) * c + _sigmoid(i) * (2 * _sigmoid(2 * g) - 1)
    return [_sigmoid(o) * np.tanh(new), new]
