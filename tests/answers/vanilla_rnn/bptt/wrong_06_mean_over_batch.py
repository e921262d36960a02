# verdict: wrong
# what: the gradients of W, U and b are averaged over the sequences of the batch instead of added up.
# diagnosis: The statement says added up over all sequences; if the loss is a mean, that factor is already inside grad_h.
# told: mistake mean_over_the_batch
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    batch, time, d_in = x.shape
    grads = {"W": np.zeros_like(W), "U": np.zeros_like(U), "b": np.zeros(W.shape[0], dtype=x.dtype)}
    dh_next = np.zeros_like(h0)
    for t in range(time - 1, -1, -1):
        h_prev = h[:, t - 1] if t > 0 else h0
        dz = (dh_next + grad_h[:, t]) * (1 - h[:, t] ** 2)
        grads["W"] += dz.T @ h_prev / batch
        grads["U"] += dz.T @ x[:, t] / batch
        grads["b"] += dz.mean(axis=0)
        dh_next = dz @ W
    grads["h0"] = dh_next
    return grads
