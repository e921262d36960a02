# verdict: wrong
# what: two errors: grad_W is returned transposed (rows are the old state), and grad_h0 is grad_z_0 without the way back through W.
# diagnosis: grad_W[i, j] belongs to grad_z_t[i] * h_{t-1}[j], so turn the product round; and h0 went through W, so its gradient is W^T grad_z_0.
# told: mistake gradient_of_W_transposed
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    hs = [h0] + [h[:, t] for t in range(h.shape[1])]
    steps = len(hs) - 1
    grad_W = np.zeros_like(W)
    grad_U = np.zeros_like(U)
    grad_b = np.zeros(W.shape[0], dtype=x.dtype)
    dz = np.zeros_like(h0)
    for k in range(steps, 0, -1):
        dz = (1 - hs[k] * hs[k]) * (grad_h[:, k - 1] + dz @ W)
        grad_W += hs[k - 1].T @ dz
        grad_U += dz.T @ x[:, k - 1]
        grad_b += dz.sum(axis=0)
    return {"W": grad_W, "U": grad_U, "b": grad_b, "h0": dz}
