# verdict: wrong
# what: Makes W_B x with the rows of the batch as columns and gets them back by reshape.
# diagnosis: reshape reads the numbers on in the same order and so mixes the rows of the batch; a transpose is needed.
# told: mistake reshaped_not_transposed
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
    batch = x_t.shape[0]
    d_state = A_log.shape[0]
    delta = _softplus(x_t @ W_down.T @ W_up.T + b_delta)
    B = (W_B @ x_t.T).reshape(batch, d_state)
    C = (W_C @ x_t.T).reshape(batch, d_state)
    A = -np.exp(A_log)
    h = np.exp(delta[:, None, :] * A) * h + delta[:, None, :] * B[:, :, None] * x_t[:, None, :]
    y = (C[:, :, None] * h).sum(1) + D * x_t
    return y, h
