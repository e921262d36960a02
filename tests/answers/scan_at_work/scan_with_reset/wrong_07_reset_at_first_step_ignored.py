# verdict: wrong
# what: Treats the first step specially and always lets h0 in, even when a document begins at step 0.
# diagnosis: A reset at the first step drops the state before it too, and that state is h0.
# told: mistake first_step_left_out
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
    kept = np.array(a)
    for t in range(a.shape[1]):
        if t == 0:
            continue  # nothing before the first step, h0 is handed in anyway
        for i in range(a.shape[0]):
            if reset[i, t]:
                kept[i, t, :] = 0
    return _scan(kept, b, h0)
