# verdict: wrong
# what: two errors: the loop starts from zeros instead of h0, and b is not added; in the example both are 0.
# diagnosis: The state before the first step is given, it is h0; and b is added at every step, inside the tanh.
# told: mistake bias_forgotten
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    h = np.zeros_like(h0)
    result = np.zeros((x.shape[0], x.shape[1], W.shape[0]), dtype=x.dtype)
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ U.T + h @ W.T)
        result[:, t] = h
    return result
