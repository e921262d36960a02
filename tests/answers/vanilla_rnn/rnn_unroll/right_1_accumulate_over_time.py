# verdict: right
# what: itertools.accumulate walks over the times of the projected input, with h0 as the initial value.
# diagnosis: none
import itertools
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    pushes = np.moveaxis(np.tensordot(x, U, axes=([2], [1])) + b, 1, 0)
    states = itertools.accumulate(pushes, lambda h, p: np.tanh(np.dot(h, W.T) + p), initial=h0)
    next(states)  # h0 is not in the result
    out = np.empty((x.shape[0], x.shape[1], W.shape[0]), dtype=x.dtype)
    for t, h in enumerate(states):
        out[:, t] = h
    return out
