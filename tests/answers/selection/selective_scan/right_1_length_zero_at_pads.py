# verdict: right
# what: Gives pads the length 0, and resets a rate of minus infinity.
# diagnosis: none
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
    step = np.where(pad[:, :, None], 0.0, delta)[:, :, None, :]
    rate = np.where(reset[:, :, None, None], -np.inf, step * A)
    h = _scan(np.exp(rate), step * B[:, :, :, None] * x[:, :, None, :], h0)
    return np.matmul(C[:, :, None, :], h)[:, :, 0, :], h[:, -1]
