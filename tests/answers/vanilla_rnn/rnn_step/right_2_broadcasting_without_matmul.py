# verdict: right
# what: no matrix product at all: broadcasting makes a cube of products, which is summed over its last axis.
# diagnosis: none
import collections
import numpy as np


def rnn_step(x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    Parts = collections.namedtuple("Parts", "memory input push")
    parts = Parts(
        memory=(h[:, None, :] * W[None, :, :]).sum(axis=-1),
        input=(x_t[:, None, :] * U[None, :, :]).sum(axis=-1),
        push=b[None, :],
    )
    return np.tanh(parts.memory + parts.input + parts.push)
