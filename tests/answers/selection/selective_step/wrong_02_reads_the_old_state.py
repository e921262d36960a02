# verdict: wrong
# what: Reads the output from the state before the step.
# diagnosis: The step writes first and then reads: y_t is made of h_t.
# told: mistake old_state_read
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
    y = np.einsum("bn,bnd->bd", C, h) + D * x_t
    decay = np.exp(-np.exp(A_log) * delta[:, None, :])
    new_h = decay * h + B[:, :, None] * (delta * x_t)[:, None, :]
    return y, new_h
