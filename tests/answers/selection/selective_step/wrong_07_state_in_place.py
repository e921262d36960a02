# verdict: wrong
# what: Lets the state fade with *= and writes with +=, in the array that was handed over.
# diagnosis: Both change the caller's h; make a new array for the new state.
# told: in place: work on a copy
"""One step of S6, for a batch."""

import numpy as np


def _softplus(z: np.ndarray) -> np.ndarray:
    """log(1 + exp(z)), for numbers of any size."""
    return np.logaddexp(0.0, z)


def selective_step(
    x_t: np.ndarray,
    h: np.ndarray,
    W_down: np.ndarray,
    W_up: np.ndarray,
    b_delta: np.ndarray,
    W_B: np.ndarray,
    W_C: np.ndarray,
    A_log: np.ndarray,
    D: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    delta = _softplus(x_t @ W_down.T @ W_up.T + b_delta)
    A = -np.exp(A_log)
    B = x_t @ W_B.T
    C = x_t @ W_C.T
    h *= np.exp(delta[:, None, :] * A)
    h += delta[:, None, :] * B[:, :, None] * x_t[:, None, :]
    y = np.einsum("bn,bnd->bd", C, h) + D * x_t
    return y, h
