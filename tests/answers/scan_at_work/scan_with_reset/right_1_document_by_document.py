# verdict: right
# what: Cuts every row at its resets and calls the scan for each document with a zero start.
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
    batch, time, dim = b.shape
    b = b.astype(np.result_type(a, b, h0))
    h = np.empty_like(b)
    for i in range(batch):
        begins = np.flatnonzero(reset[i]).tolist()
        edges = sorted({0, *begins, time})
        for lo, hi in zip(edges, edges[1:]):
            s0 = np.zeros((1, dim)) if lo in begins else h0[i : i + 1]
            h[i : i + 1, lo:hi] = _scan(a[i : i + 1, lo:hi], b[i : i + 1, lo:hi], s0)
    return h
