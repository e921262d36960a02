# verdict: wrong
# what: Resets all rows wherever any row has a reset.
# diagnosis: Each row has its own documents: a reset in one row must leave the other rows alone.
# told: mistake whole_batch_dropped
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
    boundary = reset.any(axis=0)
    pieces = []
    state = h0
    cuts = [0] + [t for t in range(1, b.shape[1]) if boundary[t]] + [b.shape[1]]
    for lo, hi in zip(cuts[:-1], cuts[1:]):
        if boundary[lo : lo + 1].any():
            state = np.zeros_like(h0)
        pieces.append(_scan(a[:, lo:hi], b[:, lo:hi], state))
    return np.concatenate(pieces, axis=1)
