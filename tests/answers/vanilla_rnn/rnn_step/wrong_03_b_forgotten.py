# verdict: wrong
# what: the bias b is never added.
# diagnosis: b is a push that is always there; add it to every row before the tanh.
# told: mistake bias_forgotten
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    new_h = np.zeros((x_t.shape[0], W.shape[0]))
    for i in range(x_t.shape[0]):
        new_h[i] = np.tanh(W.dot(h[i]) + U.dot(x_t[i]))
    return new_h
