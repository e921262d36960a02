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
    """h_t = exp(delta A) h_{t-1} + delta B x_t and y_t = C h_t + D x_t, with delta, B and C made from x_t.

    x_t: (batch, d_inner). h: the state before the step, (batch, d_state, d_inner).
    W_down: (dt_rank, d_inner). W_up: (d_inner, dt_rank). b_delta, D: (d_inner,).
    W_B, W_C: (d_state, d_inner). A_log: (d_state, d_inner); A = -exp(A_log).
    Returns y_t (batch, d_inner) and the state after the step (batch, d_state, d_inner).
    """
    # BEGIN SOLUTION
    delta = _softplus(x_t @ W_down.T @ W_up.T + b_delta)
    B, C = x_t @ W_B.T, x_t @ W_C.T
    keep = np.exp(-np.exp(A_log) * delta[:, None, :])
    h = keep * h + B[:, :, None] * (delta * x_t)[:, None, :]
    return (C[:, :, None] * h).sum(1) + D * x_t, h
    # END SOLUTION
