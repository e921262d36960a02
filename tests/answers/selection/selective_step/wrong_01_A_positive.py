# verdict: wrong
# what: Takes A = exp(A_log), without the minus.
# diagnosis: A has to be negative, so that exp(delta A) is below 1 and the state fades; with a plus it grows.
# told: mistake A_positive
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
    B, C = x_t @ W_B.T, x_t @ W_C.T
    A = np.exp(A_log)
    h = np.exp(delta[:, None, :] * A) * h + delta[:, None, :] * B[:, :, None] * x_t[:, None, :]
    y = (C[:, :, None] * h).sum(axis=1) + D * x_t
    return y, h
