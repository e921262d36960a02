# verdict: wrong
# what: Drops the state of all rows at a step where any row begins a text.
# diagnosis: Each row has its own texts; a reset concerns its row alone.
# told: mistake reset_for_the_whole_batch
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
    h = h0
    y = np.zeros_like(x)
    for t in range(x.shape[1]):
        if reset[:, t].any():
            h = np.zeros_like(h)
        d = delta[:, t][:, None, :]
        new = np.exp(d * A) * h + d * x[:, t][:, None, :] * B[:, t][:, :, None]
        h = np.where(pad[:, t][:, None, None], h, new)
        y[:, t] = np.einsum("bn,bnd->bd", C[:, t], h)
    return y, h
