# verdict: right
# what: Writes everything as einsums.
# diagnosis: none
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
    z = np.einsum("dr,re,be->bd", W_up, W_down, x_t)
    delta = _softplus(z + b_delta)
    rate = np.einsum("bd,nd->bnd", delta, np.exp(A_log))
    written = np.einsum("bd,ne,be,bd->bnd", delta, W_B, x_t, x_t)
    new = h / np.exp(rate) + written
    return np.einsum("ne,be,bnd->bd", W_C, x_t, new) + x_t * D, new
