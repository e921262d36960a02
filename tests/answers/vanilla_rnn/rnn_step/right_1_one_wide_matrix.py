# verdict: right
# what: state, input and a column of ones are joined, and one wide matrix [W | U | b] does all three parts at once.
# diagnosis: none
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    ones = np.ones((len(x_t), 1), dtype=h.dtype)
    together = np.concatenate([h, x_t, ones], axis=1)
    wide = np.hstack([W, U, b[:, None]])
    return np.tanh(together @ wide.T)
