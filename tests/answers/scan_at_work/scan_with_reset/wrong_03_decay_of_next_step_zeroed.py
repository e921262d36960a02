# verdict: wrong
# what: Sets the decay of the step after the reset to zero, so the old state leaks into the new document's first step.
# diagnosis: a[t] is the decay with which the state before step t enters step t, so it is a at the reset itself that must be zero.
# told: mistake one_step_late
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
    decays = a.copy()
    rows, times = np.nonzero(reset)
    inside = times + 1 < a.shape[1]
    decays[rows[inside], times[inside] + 1] = 0
    return _scan(decays, b, h0)
