# verdict: right
# what: a recursion cuts the time in halves and keeps the sequences in columns, W @ h; the axes are turned at the end.
# diagnosis: none
import math
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    columns = x.transpose(1, 2, 0)  # (time, d_in, batch)

    def read(first, last, h):
        """The states of the times from first to last - 1, each (d_hidden, batch)."""
        if last - first == 0:
            return []
        if last - first == 1:
            return [np.tanh(W @ h + U @ columns[first] + b[:, np.newaxis])]
        middle = (first + last) // 2
        early = read(first, middle, h)
        return early + read(middle, last, early[-1])

    out = np.zeros((x.shape[0], x.shape[1], W.shape[0]), dtype=x.dtype)
    for t, h in enumerate(read(0, x.shape[1], h0.T)):
        out[:, t] = h.T
    return out
