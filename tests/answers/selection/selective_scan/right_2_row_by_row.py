# verdict: right
# what: Goes through each row by itself, leaves the loop's body at pads and starts anew at resets.
# diagnosis: none
"""S6 over a whole sequence, with texts that begin within a row and pads at its end."""

import numpy as np


def _scan(a: np.ndarray, b: np.ndarray, h0: np.ndarray) -> np.ndarray:
    """h[:, t] = a[:, t] * h[:, t-1] + b[:, t]; a, b and h are (batch, time, ...), h0 is (batch, ...)."""
    h = np.empty_like(b)
    state = h0
    for t in range(b.shape[1]):
        state = a[:, t] * state + b[:, t]
        h[:, t] = state
    return h


def selective_scan(
    delta: np.ndarray,
    A: np.ndarray,
    B: np.ndarray,
    C: np.ndarray,
    x: np.ndarray,
    reset: np.ndarray,
    pad: np.ndarray,
    h0: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    y = np.zeros(x.shape)
    last = np.array(h0)
    for r, state in enumerate(last):
        for t in range(x.shape[1]):
            if reset[r, t]:
                state[...] = 0.0
            if not pad[r, t]:
                state *= np.exp(A * delta[r, t])
                state += np.outer(B[r, t], delta[r, t] * x[r, t])
            y[r, t] = C[r, t] @ state
    return y, last
