# verdict: wrong
# what: Sets delta to 0 at the pads in the array that was handed over.
# diagnosis: The idea is right, but delta belongs to the caller; take a copy, or np.where.
# told: in place: work on a copy
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
    delta[pad] = 0.0
    step = delta[:, :, None, :]
    a = np.exp(step * A)
    a[reset] = 0.0
    h = _scan(a, step * B[..., None] * x[:, :, None, :], h0)
    return np.einsum("btn,btnd->btd", C, h), h[:, -1]
