# verdict: wrong
# what: Shows the candidate through tanh, and not the new cell.
# diagnosis: What is shown is the new cell, through tanh; g goes into the cell alone.
# told: mistake candidate_shown
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
    z = h @ W.T + x_t @ U.T + b
    i, f, g, o = np.split(z, 4, axis=1)

    c_new = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(g), c_new
