# verdict: wrong
# what: step 0 is right, but the later steps leave the input out; the example has zeros there and does not show it.
# diagnosis: The input enters at every step; add U x_t also for t > 0.
# told: mistake input_only_at_the_first_step
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    states = np.zeros((x.shape[0], x.shape[1], h0.shape[1]), dtype=x.dtype)
    for t in range(x.shape[1]):
        if t == 0:
            states[:, 0] = np.tanh(h0 @ W.T + x[:, 0] @ U.T + b)
        else:
            states[:, t] = np.tanh(states[:, t - 1] @ W.T + b)
    return states
