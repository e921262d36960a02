# verdict: wrong
# what: the last step is treated right as a special case, but for all earlier steps grad_h[:, t] is left out, as if the loss looked only at the last state.
# diagnosis: The loss may look at every state; at each step add grad_h[:, t] to what comes back from step t+1.
# told: mistake direct_blame_at_the_last_step_only
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    time = x.shape[1]
    gW, gU = np.zeros_like(W), np.zeros_like(U)
    gb = np.zeros(W.shape[0], dtype=x.dtype)
    gz = None
    for t in reversed(range(time)):
        slope = 1 - h[:, t] ** 2
        if t == time - 1:
            gz = slope * grad_h[:, t]
        else:
            gz = slope * (gz @ W)
        gW += gz.T @ (h[:, t - 1] if t else h0)
        gU += gz.T @ x[:, t]
        gb += gz.sum(0)
    return {"W": gW, "U": gU, "b": gb, "h0": gz @ W}
