# verdict: wrong
# what: Cancels the old state by taking a * h[t-1] off the input, so big old states leave rounding errors in the new document.
# diagnosis: Adding the old state and subtracting it again loses digits when it is big; make its factor exactly zero instead.
# told: mistake leak_subtracted
import numpy as np


def _scan(a: np.ndarray, b: np.ndarray, h0: np.ndarray) -> np.ndarray:
    """h[:, t] = a[:, t] * h[:, t-1] + b[:, t]; a, b and h are (batch, time, dim), h0 is (batch, dim)."""
    h = np.empty_like(b)
    state = h0
    for t in range(b.shape[1]):
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h


def scan_with_reset(a: np.ndarray, b: np.ndarray, reset: np.ndarray, h0: np.ndarray) -> np.ndarray:
    corrected = b.copy()
    for t in range(b.shape[1]):
        if not reset[:, t].any():
            continue
        before = _scan(a[:, :t], corrected[:, :t], h0)[:, -1] if t > 0 else h0
        leak = a[:, t] * before
        corrected[:, t] -= reset[:, t, None] * leak
    return _scan(a, corrected, h0)
