# verdict: wrong
# what: torch does the loop in double precision, and the result is turned back into a numpy array of the dtype of x.
# diagnosis: This exercise is to be written with numpy; torch may not be used.
# told: torch
import numpy as np
import torch


def rnn_unroll(x: np.ndarray, h0: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray) -> np.ndarray:
    X, h, w, u, c = (torch.tensor(np.array(a), dtype=torch.float64) for a in (x, h0, W, U, b))
    out = torch.zeros(x.shape[0], x.shape[1], W.shape[0], dtype=torch.float64)
    with torch.no_grad():
        for t in range(x.shape[1]):
            h = torch.tanh(torch.nn.functional.linear(h, w) + torch.nn.functional.linear(X[:, t], u, c))
            out[:, t] = h
    return out.numpy().astype(x.dtype)
