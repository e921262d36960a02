# verdict: wrong
# what: Uses the mean of A over the channels, one number for each state.
# diagnosis: A_log has a number for each state of each channel; taking one for all channels makes them fade alike.
# told: mistake one_A_for_all_channels
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
    A = -np.exp(A_log).mean(axis=1)
    B, C = x_t @ W_B.T, x_t @ W_C.T
    decay = np.exp(np.einsum("bd,n->bnd", delta, A))
    h = decay * h + np.einsum("bd,bn,bd->bnd", delta, B, x_t)
    return np.einsum("bn,bnd->bd", C, h) + D * x_t, h
