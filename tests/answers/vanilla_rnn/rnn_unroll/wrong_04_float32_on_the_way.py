# verdict: wrong
# what: the state is kept in float32 between the steps and only the result is converted to the dtype of x, so half of the digits are gone.
# diagnosis: Converting back does not bring lost digits back; keep the state in the dtype of x from step to step.
# told: agree in about seven digits only, as float32 has
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    n, steps = x.shape[0], x.shape[1]
    memory = np.empty((n, steps, W.shape[0]), dtype=np.float32)
    h = h0.astype(np.float32)
    for t in range(steps):
        h = np.tanh(h @ W.T + x[:, t] @ U.T + b).astype(np.float32)
        memory[:, t] = h
    return memory.astype(x.dtype)
