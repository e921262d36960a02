# verdict: wrong
# what: Multiplies the decays by the mask without giving it a dim axis, so the shapes do not fit or the result is blown up to a wrong shape.
# diagnosis: The mask is (batch, time) and the decays are (batch, time, dim): give the mask a last axis with reset[:, :, None].
# told: mistake no_dim_axis
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
    mask = 1.0 - reset.astype(float)
    masked = a * mask
    state = h0
    out = []
    for t in range(b.shape[1]):
        state = masked[:, t] * state + b[:, t]
        out.append(state)
    return np.stack(out, axis=1)
