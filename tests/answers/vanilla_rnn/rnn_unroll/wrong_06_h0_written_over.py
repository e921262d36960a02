# verdict: wrong
# what: the states are right, but the new state is written into h0 at every step.
# diagnosis: h = h0 is the same array under a second name, and h[:] = ... writes into it; make a new array at each step.
# told: in place
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    h = h0
    history = np.empty(x.shape[:2] + (h0.shape[1],), dtype=x.dtype)
    for t in range(x.shape[1]):
        h[:] = np.tanh(h @ W.T + x[:, t] @ U.T + b)
        history[:, t] = h
    return history
