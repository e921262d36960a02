# verdict: wrong
# what: Solves each text in closed form: the sum of all inputs divided by the decay up to them, times the decay.
# diagnosis: The decay up to a late step goes down to 0, and dividing by it gives infinity; a long text needs the recurrence step by step, or in short pieces.
# told: mistake divided_by_the_product
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
    batch, time, d_inner = x.shape
    real = np.where(pad[..., None], 0.0, delta)
    log_a = real[:, :, None, :] * A
    b = real[:, :, None, :] * B[..., None] * x[:, :, None, :]
    h = np.empty_like(b)
    for r in range(batch):
        starts = sorted({0, time} | set(np.flatnonzero(reset[r]).tolist()))
        for s, e in zip(starts[:-1], starts[1:]):
            before = h0[r] if s == 0 and not reset[r, 0] else 0.0 * h0[r]
            total = np.cumsum(log_a[r, s:e], axis=0)
            h[r, s:e] = np.exp(total) * (before + np.cumsum(b[r, s:e] * np.exp(-total), axis=0))
    return np.einsum("btn,btnd->btd", C, h), h[:, -1]
