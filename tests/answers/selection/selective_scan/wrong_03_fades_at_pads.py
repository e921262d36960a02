# verdict: wrong
# what: Writes nothing at pads, but lets the state fade.
# diagnosis: Standing still has two halves: nothing is added, and nothing decays, so the factor is 1 there.
# told: mistake pads_fade
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
    a = np.exp(delta[:, :, None, :] * A)
    b = delta[:, :, None, :] * B[:, :, :, None] * x[:, :, None, :]

    a = np.where(reset[:, :, None, None], 0.0, a)
    b = np.where(pad[:, :, None, None], 0.0, b)
    h = _scan(a, b, h0)
    y = np.einsum("btn,btnd->btd", C, h)
    return y, h[:, -1]
