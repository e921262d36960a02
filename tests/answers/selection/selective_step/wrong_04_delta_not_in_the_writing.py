# verdict: wrong
# what: Lets the length of the step act on the decay alone.
# diagnosis: A longer step forgets more and also writes more: delta stands in both places.
# told: mistake written_without_delta
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
    delta = _softplus(x_t @ W_down.T @ W_up.T + b_delta)
    A = -np.exp(A_log)
    B, C = x_t @ W_B.T, x_t @ W_C.T
    h = np.exp(delta[:, None, :] * A[None]) * h + B[:, :, None] * x_t[:, None, :]
    y = np.sum(h * C[:, :, None], axis=1) + D * x_t
    return y, h
