"""S6 over a whole sequence, with texts that begin within a row and pads at its end."""

import numpy as np


def _scan(a: np.ndarray, b: np.ndarray, h0: np.ndarray) -> np.ndarray:
    """h[:, t] = a[:, t] * h[:, t-1] + b[:, t]; a, b and h are (batch, time, ...), h0 is (batch, ...)."""
    h = np.empty_like(b)
    state = h0
    for t in range(b.shape[1]):
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h


def selective_scan(
    delta: np.ndarray,
    A: np.ndarray,
    B: np.ndarray,
    C: np.ndarray,
    x: np.ndarray,
    reset: np.ndarray,
    pad: np.ndarray,
    h0: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """y_t = C_t h_t with h_t = exp(delta_t A) h_{t-1} + delta_t B_t x_t, and the state after the last step.

    delta, x: (batch, time, d_inner). A: (d_state, d_inner). B, C: (batch, time, d_state).
    reset: (batch, time), True where a text begins. pad: (batch, time), True where the state stays as it is.
    h0: the state before the first step, (batch, d_state, d_inner).
    Returns y (batch, time, d_inner) and the last state (batch, d_state, d_inner).
    """
    # BEGIN SOLUTION
    lasts = np.where(pad[:, :, None], 0.0, delta)
    keep = np.where(reset[:, :, None, None], 0.0, np.exp(lasts[:, :, None, :] * A))
    states = _scan(keep, B[:, :, :, None] * (lasts * x)[:, :, None, :], h0)
    return (C[:, :, :, None] * states).sum(2), states[:, -1]
    # END SOLUTION
