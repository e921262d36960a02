# verdict: wrong
# what: tanh is computed as a quotient of exps, which gives nan (infinity by infinity) for large sums.
# diagnosis: exp overflows long before tanh has any trouble; use np.tanh.
# told: There is nan in the new state for sums in the thousands
import numpy as np


def squeeze(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    return squeeze(h @ W.T + x_t @ U.T + b)
