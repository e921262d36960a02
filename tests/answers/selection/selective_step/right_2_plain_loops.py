# verdict: right
# what: Goes through rows, channels and states one by one.
# diagnosis: none
"""One step of S6, for a batch."""

import math

import numpy as np


def _softplus(z: np.ndarray) -> np.ndarray:
    """log(1 + exp(z)), for numbers of any size."""
    return np.logaddexp(0.0, z)


def selective_step(
    x_t: np.ndarray,
    h: np.ndarray,
    W_down: np.ndarray,
    W_up: np.ndarray,
    b_delta: np.ndarray,
    W_B: np.ndarray,
    W_C: np.ndarray,
    A_log: np.ndarray,
    D: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    batch, d_state, d_inner = h.shape
    new, y = np.zeros(h.shape), np.zeros(x_t.shape)
    for r in range(batch):
        x = x_t[r]
        low = [sum(w * v for w, v in zip(row, x)) for row in W_down]
        for d in range(d_inner):
            z = sum(W_up[d, k] * low[k] for k in range(len(low))) + b_delta[d]
            delta = max(z, 0.0) + math.log1p(math.exp(-abs(z)))
            y[r, d] = D[d] * x[d]
            for n in range(d_state):
                decay = math.exp(-delta * math.exp(A_log[n, d]))
                new[r, n, d] = decay * h[r, n, d] + delta * W_B[n].dot(x) * x[d]
                y[r, d] += W_C[n].dot(x) * new[r, n, d]
    return y, new
