# verdict: wrong
# what: Runs on as usual and sets the state to zero after the reset step instead of before it.
# diagnosis: The state is dropped before the step: at the reset h is the input b, not zero, and that b decays on into the next step.
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
    batch, time, dim = b.shape
    out = np.zeros((batch, time, dim), dtype=b.dtype)
    for i in range(batch):
        state = h0[i]
        for t in range(time):
            state = a[i, t] * state + b[i, t]
            if reset[i, t]:
                state = np.zeros(dim)
            out[i, t] = state
    return out
