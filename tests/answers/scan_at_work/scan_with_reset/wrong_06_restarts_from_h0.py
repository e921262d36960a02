# verdict: wrong
# what: Lets every new document start from h0 instead of from zero.
# diagnosis: h0 is only the state before the very first step; a new document starts from zero.
# told: mistake back_to_h0
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
    h = np.empty_like(b)
    state = h0
    for t in range(b.shape[1]):
        state = np.where(reset[:, t][:, None], h0, state)
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h
