# verdict: wrong
# what: Cuts the blame off every 20 steps (truncated backpropagation), so only longer sequences come out wrong.
# diagnosis: Truncation saves time but is no longer the gradient: let the blame run through all steps to the first.
# told: nothing
import numpy as np

WINDOW = 20


def bptt(
    x: np.ndarray, h: np.ndarray, grad_h: np.ndarray, W: np.ndarray, U: np.ndarray, h0: np.ndarray
) -> dict[str, np.ndarray]:
    T = x.shape[1]
    dz = np.zeros_like(h)
    carry = np.zeros_like(h0)
    steps = 0
    for t in range(T - 1, -1, -1):
        dz[:, t] = (1 - h[:, t] ** 2) * (grad_h[:, t] + carry)
        carry = dz[:, t] @ W
        steps += 1
        if steps % WINDOW == 0 and t > 0:
            carry = np.zeros_like(carry)
    h_prev = np.concatenate([h0[:, None, :], h[:, :-1]], axis=1)
    flat = dz.reshape(-1, dz.shape[2])
    return {
        "W": flat.T @ h_prev.reshape(-1, h_prev.shape[2]),
        "U": flat.T @ x.reshape(-1, x.shape[2]),
        "b": flat.sum(axis=0),
        "h0": carry,
    }
