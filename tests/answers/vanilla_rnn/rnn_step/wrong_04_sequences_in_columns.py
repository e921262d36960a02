# verdict: wrong
# what: the numbers are right, but the result has the shape (d_hidden, batch), with a sequence in each column.
# diagnosis: One sequence belongs in each row: transpose the result back before you return it.
# told: mistake sequences_in_columns
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    z = W @ h.T + U @ x_t.T + b.reshape(-1, 1)
    return np.tanh(z)
