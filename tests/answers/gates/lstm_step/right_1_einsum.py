# verdict: right
# what: Reshapes the weights to four matrices and uses einsum.
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
    d = h.shape[1]
    z = np.einsum("bd,ghd->gbh", h, W.reshape(4, d, d)) + np.einsum("bd,ghd->gbh", x_t, U.reshape(4, d, -1))
    i, f, g, o = z + b.reshape(4, 1, d)
    c1 = f.copy()
    c1 = c / (1 + np.exp(-c1)) + np.tanh(g) * _sigmoid(i)
    return np.tanh(c1) * _sigmoid(o), c1
