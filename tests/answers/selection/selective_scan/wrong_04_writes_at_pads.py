# verdict: wrong
# what: Keeps the state from fading at pads, but still adds the input.
# diagnosis: A pad is no text: with the factor 1 its input has to be 0, too.
# told: mistake pads_write
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

    a[reset] = 0.0
    a[pad] = 1.0
    h = _scan(a, b, h0)
    y = (h * C[:, :, :, None]).sum(axis=2)
    return y, h[:, -1]
