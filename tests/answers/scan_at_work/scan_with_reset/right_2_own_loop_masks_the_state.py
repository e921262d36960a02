# verdict: right
# what: Does not call the scan at all: its own loop over time puts zero in place of the state where a document begins.
# diagnosis: none
import functools
import os
import numpy as np


def _scan(a: np.ndarray, b: np.ndarray, h0: np.ndarray) -> np.ndarray:
    """h[:, t] = a[:, t] * h[:, t-1] + b[:, t]; a, b and h are (batch, time, dim), h0 is (batch, dim)."""
    h = np.empty_like(b)
    state = h0
    for t in range(b.shape[1]):
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h


def _begin(state, fresh):
    zeroed = state.copy()
    zeroed[fresh] = 0
    return zeroed


def scan_with_reset(a: np.ndarray, b: np.ndarray, reset: np.ndarray, h0: np.ndarray) -> np.ndarray:
    h = np.zeros(b.shape, dtype=np.result_type(a, b, h0))
    state = h0
    for t, fresh in enumerate(np.asarray(reset, dtype=bool).T):
        h[:, t] = state = a[:, t] * _begin(state, fresh) + b[:, t]
    return h
