# verdict: right
# what: Joins neighbouring steps in doubling distances, an associative scan, without dividing.
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
    live = ~pad[:, :, None, None]
    step = delta[:, :, None, :]
    a = np.where(live, np.exp(step * A), 1.0)
    a = np.where(reset[:, :, None, None], 0.0, a)
    b = np.where(live, step * x[:, :, None, :] * B[..., None], 0.0)
    far = 1
    while far < x.shape[1]:
        b = np.concatenate([b[:, :far], b[:, far:] + a[:, far:] * b[:, :-far]], axis=1)
        a = np.concatenate([a[:, :far], a[:, far:] * a[:, :-far]], axis=1)
        far *= 2
    h = a * h0[:, None] + b
    return np.einsum("btnd,btn->btd", h, C), h[:, -1].copy()
