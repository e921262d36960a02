# verdict: right
# what: Puts h0 in front as the input of an extra step, masks the decays with einsum, scans from zero and cuts the extra step off.
# diagnosis: none
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
    go_on = np.logical_not(reset).astype(a.dtype)
    decays = np.einsum("btd,bt->btd", a, go_on)
    inputs = np.concatenate([h0[:, np.newaxis], b], axis=1).astype(np.result_type(a, b, h0))
    decays = np.concatenate([np.zeros_like(decays, shape=(len(b), 1, b.shape[2])), decays], axis=1)
    return _scan(decays, inputs, np.zeros_like(h0))[:, 1:]
