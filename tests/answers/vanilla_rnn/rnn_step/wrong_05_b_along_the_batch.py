# verdict: wrong
# what: b is added to columns that are sequences, so b[i] goes to sequence i; it runs only when batch equals d_hidden (or one of them is 1).
# diagnosis: b has one number for each number of the state, not for each sequence; add it when the sequences stand in rows.
# told: mistake bias_along_the_batch
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    z = np.matmul(W, h.T) + np.matmul(U, x_t.T) + b
    return np.tanh(z).T
