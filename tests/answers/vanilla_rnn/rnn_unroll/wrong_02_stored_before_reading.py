# verdict: wrong
# what: at time t the state before reading x[:, t] is stored, so all is one step late and the last state is missing.
# diagnosis: Make the step first and store the new state afterwards.
# told: mistake one_step_late
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    batch, time, _ = x.shape
    out = np.zeros((batch, time, h0.shape[1]), dtype=x.dtype)
    h = h0.copy()
    for t in range(time):
        out[:, t, :] = h
        h = np.tanh(h @ W.T + x[:, t, :] @ U.T + b)
    return out
