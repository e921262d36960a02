# verdict: wrong
# what: the blame is sent back through W itself instead of through W transposed (for rows: dz @ W.T instead of dz @ W).
# diagnosis: What went forward through W must come back through W transposed; for states in rows that is grad_z @ W, so try a W that is not symmetric.
# told: mistake W_not_transposed_on_the_way_back
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    batch, time, _ = x.shape
    dW, dU = np.zeros_like(W), np.zeros_like(U)
    db = np.zeros(W.shape[0], dtype=x.dtype)
    carry = np.zeros_like(h0)
    for t in reversed(range(time)):
        prev = h0 if t == 0 else h[:, t - 1]
        dz = (1 - h[:, t] ** 2) * (grad_h[:, t] + carry)
        dW += dz.T @ prev
        dU += dz.T @ x[:, t]
        db += dz.sum(axis=0)
        carry = dz @ W.T
    return {"W": dW, "U": dU, "b": db, "h0": carry}
