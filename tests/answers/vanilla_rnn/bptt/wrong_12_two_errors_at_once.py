# verdict: wrong
# what: two errors: the slope multiplies only the direct blame, and at t = 0 the index t - 1 takes the last state for h0.
# diagnosis: Fix the brackets first: both kinds of blame go through the tanh. Then ask which state came before the first step.
# told: mistake slope_on_the_direct_part_only
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    gW, gU, gb = np.zeros_like(W), np.zeros_like(U), np.zeros_like(W[0])
    back = np.zeros_like(h0)
    for t in reversed(range(x.shape[1])):
        grad_z = (1 - h[:, t] ** 2) * grad_h[:, t] + back
        gW += grad_z.T @ h[:, t - 1]
        gU += grad_z.T @ x[:, t]
        gb += grad_z.sum(axis=0)
        back = grad_z @ W
    return {"W": gW, "U": gU, "b": gb, "h0": back}
