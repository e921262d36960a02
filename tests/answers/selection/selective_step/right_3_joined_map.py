# verdict: right
# what: Makes the small numbers, B and C with one joined matrix, and reads with a matrix product.
# diagnosis: none
"""One step of S6, for a batch."""

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
    rank, d_state = len(W_down), len(W_B)
    joined = x_t @ np.vstack([W_down, W_B, W_C]).T
    low, B, C = np.split(joined, [rank, rank + d_state], axis=1)
    delta = _softplus(low @ W_up.T + b_delta)
    decay = np.exp(A_log)[None] * delta[:, None]
    after = h * np.exp(-decay) + np.matmul(B[:, :, None], (delta * x_t)[:, None])
    return np.matmul(C[:, None], after).squeeze(1) + D * x_t, after
