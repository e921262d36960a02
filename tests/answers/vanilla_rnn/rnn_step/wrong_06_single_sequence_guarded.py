# verdict: wrong
# what: a batch of one is computed right as a special case, but for larger batches W is not transposed.
# diagnosis: Your case for one sequence uses W @ h and is right; in rows that is h @ W.T, also for many sequences, and then no special case is needed.
# told: mistake W_transposed
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    if len(x_t) == 1:
        z = W @ h[0] + U @ x_t[0] + b
        return np.tanh(z)[np.newaxis, :]
    return np.tanh(np.dot(h, W) + np.dot(x_t, np.transpose(U)) + b)
