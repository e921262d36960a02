# verdict: wrong
# what: the values are right, but the gradient of b comes back with the shape (1, d_hidden) instead of (d_hidden,).
# diagnosis: A gradient has the shape of its parameter: b is (d_hidden,), so do not keep the summed axis.
# told: The shape is (1, 3), expected (3,) = the shape of b
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    B, T, _ = h.shape
    out = {
        "W": np.zeros(W.shape, x.dtype),
        "U": np.zeros(U.shape, x.dtype),
        "b": np.zeros((1, W.shape[0]), x.dtype),
    }
    back = np.zeros(h0.shape, x.dtype)
    t = T - 1
    while t >= 0:
        if t > 0:
            last_state = h[:, t - 1, :]
        else:
            last_state = h0
        dz = (grad_h[:, t, :] + back) * (1.0 - np.square(h[:, t, :]))
        out["W"] += dz.T @ last_state
        out["U"] += dz.T @ x[:, t, :]
        out["b"] += np.sum(dz, axis=0, keepdims=True)
        back = dz @ W
        t -= 1
    out["h0"] = back
    return out
