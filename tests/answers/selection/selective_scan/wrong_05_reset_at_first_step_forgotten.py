# verdict: wrong
# what: Treats resets from the second step on only, so the first step always takes h0 over.
# diagnosis: A text may begin at step 0, and then h0 belongs to another text and is dropped.
# told: mistake reset_at_the_first_step_left_out
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
    batch, time, _ = x.shape
    h = h0.copy()
    ys = []
    for t in range(time):
        d = delta[:, t, None, :]
        new = np.exp(d * A) * h + d * B[:, t, :, None] * x[:, t, None, :]
        if t > 0:
            begins = reset[:, t, None, None]
            new = np.where(begins, d * B[:, t, :, None] * x[:, t, None, :], new)
        h = np.where(pad[:, t, None, None], h, new)
        ys.append((C[:, t, :, None] * h).sum(1))
    return np.stack(ys, 1), h
