# verdict: wrong
# what: at step 0 nothing is added to grad_W, as if the state before the first step were always 0; the example has h0 = 0 and does not show it.
# diagnosis: The state before step 0 is h0, which need not be zero, so grad_z_0 must be paired with h0.
# told: mistake start_state_taken_as_zero
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    batch, time, hidden = h.shape
    dz = np.zeros_like(h)
    dz[:, time - 1] = (1 - h[:, time - 1] ** 2) * grad_h[:, time - 1]
    for t in range(time - 2, -1, -1):
        dz[:, t] = (1 - h[:, t] ** 2) * (grad_h[:, t] + dz[:, t + 1] @ W)

    grad_W = np.zeros_like(W)
    grad_U = np.zeros_like(U)
    for t in range(time):
        if t > 0:  # before the first step there is no state
            grad_W += dz[:, t].T @ h[:, t - 1]
        grad_U += dz[:, t].T @ x[:, t]
    return {"W": grad_W, "U": grad_U, "b": dz.sum(axis=0).sum(axis=0), "h0": dz[:, 0] @ W}
