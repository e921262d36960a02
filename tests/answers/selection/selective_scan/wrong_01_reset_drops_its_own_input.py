# verdict: wrong
# what: Makes the state 0 at the step of a reset, so that the step writes nothing.
# diagnosis: A reset drops what was before the step; the step itself belongs to the new text and is written.
# told: mistake reset_drops_the_input
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
    a = np.exp(delta[:, :, None, :] * A)
    b = delta[:, :, None, :] * B[:, :, :, None] * x[:, :, None, :]

    start = reset[:, :, None, None]
    still = pad[:, :, None, None]
    a = np.where(start, 0.0, np.where(still, 1.0, a))
    b = np.where(start | still, 0.0, b)
    h = _scan(a, b, h0)
    return (C[..., None] * h).sum(2), h[:, -1]
