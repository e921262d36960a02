"""A scan over packed documents."""

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
    """The states of a linear recurrence that starts from zero wherever `reset` is True.

    Args:
        a: decays, (batch, time, dim).
        b: inputs, (batch, time, dim).
        reset: True where the state before that step is dropped, (batch, time).
        h0: the state before the first step, (batch, dim).

    Returns:
        h, (batch, time, dim).
    """
    # BEGIN SOLUTION
    return _scan(np.where(reset[:, :, None], 0.0, a), b, h0)
    # END SOLUTION
