"""One step of the vanilla recurrent network, for a batch of sequences."""

import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The new state h_t = tanh(W h_{t-1} + U x_t + b) of every sequence in the batch.

    x_t: (batch, d_in), the input of this step. h: (batch, d_hidden), the state before it.
    W: (d_hidden, d_hidden). U: (d_hidden, d_in). b: (d_hidden,).
    Returns an array (batch, d_hidden).
    """
    # BEGIN SOLUTION
    return np.tanh(h @ W.T + x_t @ U.T + b)
    # END SOLUTION
