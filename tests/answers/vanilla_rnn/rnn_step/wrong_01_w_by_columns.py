# verdict: wrong
# what: the old state is multiplied by W instead of W transposed, so the columns of W are read where the rows should be.
# diagnosis: For states in rows, W h becomes h @ W.T; you transposed U but not W, and a W with unequal corners shows it.
# told: mistake W_transposed
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.tanh(h @ W + x_t @ U.T + b)
