# verdict: wrong
# what: Leaves out the reset gate.
# diagnosis: The reset gate says how much of the state the candidate may see: multiply by r.
# told: mistake reset_left_out
import numpy as np


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)), for numbers of any size."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def gru_step(
    x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray, b_state: np.ndarray
) -> np.ndarray:
    """The new h of every sequence in the batch, as torch computes it.

    x_t: (batch, d_in), the input of this step. h: (batch, d_hidden), before it.
    W: (3 d_hidden, d_hidden), on h. U: (3 d_hidden, d_in), on x_t. b: (3 d_hidden,), with the input.
    b_state: (3 d_hidden,), with h. Their rows belong to r, z and n, d_hidden to each, in this order.
    Returns the new h (batch, d_hidden).
    """
    d = h.shape[1]
    zi = x_t @ U.T + b
    zh = h @ W.T + b_state
    r = _sigmoid(zi[:, :d] + zh[:, :d])
    z = _sigmoid(zi[:, d:2 * d] + zh[:, d:2 * d])

    n = np.tanh(zi[:, 2 * d :] + zh[:, 2 * d :])
    return (1 - z) * n + z * h
