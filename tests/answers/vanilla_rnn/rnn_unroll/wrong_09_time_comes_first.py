# verdict: wrong
# what: the states are stacked along the first axis, so the result is (time, batch, d_hidden).
# diagnosis: The batch comes first: stack along axis 1, or swap the first two axes.
# told: mistake time_axis_first
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    states, h = [], h0
    for x_t in x.transpose(1, 0, 2):
        h = np.tanh(h @ W.T + x_t @ U.T + b)
        states.append(h)
    return np.array(states, dtype=x.dtype)
