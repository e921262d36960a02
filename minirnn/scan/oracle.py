"""The slow scan that every fast one is held against: a numpy loop in float64.

    h_t = a_t * h_{t-1} + b_t

It shares no code with the other methods, so a mistake in one cannot hide in the other.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def scan_numpy(
    a: NDArray[Any],
    b: NDArray[Any],
    h0: NDArray[Any] | None = None,
    *,
    reset: NDArray[np.bool_] | None = None,
    reverse: bool = False,
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Solve the recurrence step by step in float64 (complex128 for complex input).

    Args:
        a: decay, `(..., time, dim)` or `(dim,)`.
        b: input, `(..., time, dim)`.
        h0: state before the first step, `(..., dim)`; zero if absent.
        reset: `(..., time)`; where True the state before that step is dropped.
        reverse: run from the last step to the first.

    Returns:
        `h (..., time, dim)` and the state after the final step, `(..., dim)`.
    """
    exact = np.complex128 if np.iscomplexobj(a) or np.iscomplexobj(b) else np.float64
    b = np.asarray(b, dtype=exact)
    a = np.broadcast_to(np.asarray(a, dtype=exact), b.shape)
    state = np.zeros(b.shape[:-2] + b.shape[-1:], dtype=exact) if h0 is None else np.array(h0, dtype=exact)
    h = np.empty_like(b)
    steps = range(b.shape[-2])
    for t in reversed(steps) if reverse else steps:
        if reset is not None:
            state = np.where(reset[..., t, None], 0, state)
        state = a[..., t, :] * state + b[..., t, :]
        h[..., t, :] = state
    return h, state
