# verdict: wrong
# what: Lets the state run on through the pads, and picks the state of the last real step at the end.
# diagnosis: The outputs at pads must come from the state that stands still; and in a row that is all pads there is no real step to pick.
# told: mistake state_picked_at_the_end
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

    a = a * ~reset[:, :, None, None]
    h = _scan(a, b, h0)
    y = np.einsum("btn,btnd->btd", C, h)
    last = (~pad).sum(axis=1) - 1
    return y, h[np.arange(len(h)), last]
