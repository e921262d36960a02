"""One step of a GRU, for a batch of sequences."""

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
    # BEGIN SOLUTION
    from_r, from_z, from_n = np.split(x_t @ U.T + b, 3, axis=1)
    back_r, back_z, back_n = np.split(h @ W.T + b_state, 3, axis=1)
    r, z = _sigmoid(from_r + back_r), _sigmoid(from_z + back_z)
    n = np.tanh(from_n + r * back_n)
    return (1 - z) * n + z * h
    # END SOLUTION
