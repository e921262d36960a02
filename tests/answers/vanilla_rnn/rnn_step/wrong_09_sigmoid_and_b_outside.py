# verdict: wrong
# what: two errors: the logistic sigmoid is used instead of tanh, and b is added after squeezing.
# diagnosis: The squeezing function is np.tanh, from -1 to 1; and b belongs inside it with the other two parts.
# told: mistake sigmoid_for_tanh
import numpy as np


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    z = np.einsum("ij,bj->bi", W, h) + np.einsum("ij,bj->bi", U, x_t)
    return sigmoid(z) + b
