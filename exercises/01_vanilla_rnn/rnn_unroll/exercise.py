"""The vanilla recurrent network over whole sequences."""

import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    """All states h_t = tanh(W h_{t-1} + U x_t + b), for every sequence of the batch and every time step.

    x: (batch, time, d_in). h0: (batch, d_hidden), the state before the first step.
    W: (d_hidden, d_hidden). U: (d_hidden, d_in). b: (d_hidden,).
    Returns an array (batch, time, d_hidden) of the dtype of x: at time t, the state after reading x[:, t].
    """
    # BEGIN SOLUTION
    batch, time, _ = x.shape
    states = np.empty((batch, time, len(b)), dtype=x.dtype)
    h = h0
    for t in range(time):
        h = np.tanh(h @ W.T + x[:, t] @ U.T + b)
        states[:, t] = h
    return states
    # END SOLUTION
