# verdict: right
# what: time is the first axis while it runs, accumulate carries the state, and the result is turned back; torch is imported and not used.
# diagnosis: none
from itertools import accumulate

import numpy as np
import torch


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    driven = np.einsum("bti,di->tbd", x, U) + b
    states = accumulate(driven, lambda h, u: np.tanh(np.einsum("bd,ed->be", h, W) + u), initial=h0)
    return np.swapaxes(np.stack(list(states)[1:]), 0, 1).astype(x.dtype)
