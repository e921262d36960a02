# verdict: wrong
# what: Writes with (exp(delta A) - 1) / A * B in place of delta * B.
# diagnosis: That is the exact solution for a held input; S6 as given here writes simply delta * B.
# told: mistake hold_for_B
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
    delta = _softplus((x_t @ W_down.T) @ W_up.T + b_delta)[:, None, :]
    A = -np.exp(A_log)
    B = (x_t @ W_B.T)[:, :, None]
    C = (x_t @ W_C.T)[:, :, None]
    A_bar = np.exp(delta * A)
    B_bar = (A_bar - 1) / A * B
    h = A_bar * h + B_bar * x_t[:, None, :]
    return (C * h).sum(1) + D * x_t, h
