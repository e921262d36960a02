# verdict: wrong
# what: Drops the state after the step of a reset, not before it.
# diagnosis: reset marks the first step of the new text: what it carries over from the step before must already be gone.
# told: mistake reset_one_step_late
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

    a[pad] = 1.0
    b[pad] = 0.0
    late = np.zeros_like(reset)
    late[:, 1:] = reset[:, :-1]
    a[late & ~pad] = 0.0
    h = _scan(a, b, h0)
    return np.einsum("btn,btnd->btd", C, h), h[:, -1]
