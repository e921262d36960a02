# verdict: wrong
# what: Sets the input to zero at a reset as well, so that the new document loses its first input.
# diagnosis: Only the old state is gone at a reset; the input of this step counts, so leave b alone.
# told: mistake input_dropped_too
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
    keep = ~reset[:, :, None]
    return _scan(a * keep, b * keep, h0)
