# verdict: right
# what: One sequence at a time, the gates together.
# diagnosis: none
import numpy as np


def _sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-z)), for numbers of any size."""
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def gru_step(
    x_t: np.ndarray, h: np.ndarray, W: np.ndarray, U: np.ndarray, b: np.ndarray, b_state: np.ndarray
) -> np.ndarray:
    """The new h of every sequence in the batch, as torch computes it.

    x_t: (batch, d_in), the input of this step. h: (batch, d_hidden), before it.
    W: (3 d_hidden, d_hidden), on h. U: (3 d_hidden, d_in), on x_t. b: (3 d_hidden,), with the input.
    b_state: (3 d_hidden,), with h. Their rows belong to r, z and n, d_hidden to each, in this order.
    Returns the new h (batch, d_hidden).
    """
    d = h.shape[1]
    out = np.empty_like(h)
    for k in range(len(h)):
        a, s = U @ x_t[k] + b, W @ h[k] + b_state
        gates = 1 / (1 + np.exp(-(a + s)[: 2 * d]))
        n = np.tanh(a[2 * d :] + gates[:d] * s[2 * d :])
        out[k] = gates[d:] * h[k] + (1 - gates[d:]) * n
    return out
