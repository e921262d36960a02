# verdict: wrong
# what: all sums are collected in float32 buffers and the results stay float32, so float64 input loses half of its digits and the dtype is not that of x.
# diagnosis: Keep the dtype of x for the buffers and for what you return; float32 has only seven digits, and the gradients are compared with far finer ones.
# told: The dtype is float32, expected float64
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    f = np.float32  # deep learning works in float32
    x, h, grad_h, W, U, h0 = (np.asarray(a, dtype=f) for a in (x, h, grad_h, W, U, h0))
    d = W.shape[0]
    res = {"W": np.zeros((d, d), f), "U": np.zeros(U.shape, f), "b": np.zeros(d, f), "h0": np.zeros(h0.shape, f)}
    for t in range(x.shape[1] - 1, -1, -1):
        delta = (1 - h[:, t] ** 2) * (grad_h[:, t] + res["h0"])
        res["W"] += delta.T @ (h[:, t - 1] if t > 0 else h0)
        res["U"] += delta.T @ x[:, t]
        res["b"] += delta.sum(axis=0)
        res["h0"] = delta @ W
    return res
