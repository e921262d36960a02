# verdict: wrong
# what: Takes the mean of the lengths of all channels as the length of the step.
# diagnosis: Only B and C are shared by the channels; each channel has a length of its own.
# told: mistake one_length_for_all_channels
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
    delta = delta.mean(axis=1, keepdims=True)
    A = -np.exp(A_log)
    B, C = x_t @ W_B.T, x_t @ W_C.T
    h = np.exp(delta[:, :, None] * A) * h + (delta * B)[:, :, None] * x_t[:, None, :]
    y = np.einsum("bn,bnd->bd", C, h) + D * x_t
    return y, h
