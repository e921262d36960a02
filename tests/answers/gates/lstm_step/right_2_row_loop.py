# verdict: right
# what: Goes through the batch in a loop, one sequence at a time.
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
    hs, cs = [], []
    for x, hh, cc in zip(x_t, h, c):
        z = W @ hh + U @ x + b
        new = _sigmoid(z[d : 2 * d]) * cc + _sigmoid(z[:d]) * np.tanh(z[2 * d : 3 * d])
        cs.append(new)
        hs.append(_sigmoid(z[3 * d :]) * np.tanh(new))
    return np.array(hs), np.array(cs)
