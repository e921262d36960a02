# verdict: wrong
# what: np.zeros without a dtype makes the result float64, also when x is float32.
# diagnosis: The result must have the dtype of x: write np.zeros(shape, dtype=x.dtype).
# told: The dtype is float64, expected float32
import numpy as np


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    B, T, D = x.shape
    H = W.shape[0]
    hs = np.zeros((B, T, H))
    for i in range(B):
        prev = h0[i]
        for t in range(T):
            prev = np.tanh(W @ prev + U @ x[i, t] + b)
            hs[i, t] = prev
    return hs
