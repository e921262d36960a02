# verdict: wrong
# what: grad_W pairs grad_z_t with h_t, the state after the step, instead of h_{t-1}, which is what W multiplied.
# diagnosis: Each parameter is blamed for what it multiplies, and at step t the matrix W multiplies the state before the step.
# told: mistake W_blamed_for_the_state_after
import numpy as np


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    n_steps = x.shape[1]
    gW = np.zeros_like(W)
    gU = np.zeros_like(U)
    gb = np.zeros(len(W), dtype=x.dtype)
    from_future = np.zeros_like(h0)
    for step in range(n_steps - 1, -1, -1):
        state = h[:, step]
        gz = (1 - state**2) * (grad_h[:, step] + from_future)
        for g_row, s_row, x_row in zip(gz, state, x[:, step]):
            gW += np.outer(g_row, s_row)
            gU += np.outer(g_row, x_row)
            gb += g_row
        from_future = gz @ W
    return {"W": gW, "U": gU, "b": gb, "h0": from_future}
