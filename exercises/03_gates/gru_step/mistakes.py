"""What goes wrong in one step of a GRU, and other ways to write it."""

import numpy as np


def _sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _parts(x_t, h, W, U, b, b_state):
    x_r, x_z, x_n = np.split(x_t @ U.T + b, 3, axis=1)
    h_r, h_z, h_n = np.split(h @ W.T + b_state, 3, axis=1)
    return _sigmoid(x_r + h_r), _sigmoid(x_z + h_z), x_n, h_n


def reset_before_the_product(x_t, h, W, U, b, b_state):
    """You let r act on h before W_n, as the paper is usually cited. In torch r multiplies what comes out of
    W_n, bias included."""
    r, z, x_n, _ = _parts(x_t, h, W, U, b, b_state)
    d = h.shape[1]
    n = np.tanh(x_n + (r * h) @ W[2 * d :].T + b_state[2 * d :])
    return (1 - z) * n + z * h


def z_writes(x_t, h, W, U, b, b_state):
    """Your z says how much is written. In torch z = 1 keeps the old state."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return z * np.tanh(x_n + r * h_n) + (1 - z) * h


def bias_outside_the_reset(x_t, h, W, U, b, b_state):
    """Your r multiplies the product with W_n alone. The bias b_state of n stands inside the bracket, too."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    bias = b_state[2 * h.shape[1] :]
    return (1 - z) * np.tanh(x_n + r * (h_n - bias) + bias) + z * h


def right_row_by_row(x_t, h, W, U, b, b_state):
    """As the formulas stand, for one sequence after the other."""
    d, rows = h.shape[1], []
    for x, before in zip(x_t, h, strict=True):
        read, back = U @ x + b, W @ before + b_state
        r, z = _sigmoid(read[:d] + back[:d]), _sigmoid(read[d : 2 * d] + back[d : 2 * d])
        n = np.tanh(read[2 * d :] + r * back[2 * d :])
        rows.append(n - z * n + z * before)
    return np.array(rows)


def right_gates_together(x_t, h, W, U, b, b_state):
    """Both gates with one sigmoid."""
    d = h.shape[1]
    read, back = np.einsum("bj,kj->bk", x_t, U) + b, np.einsum("bj,kj->bk", h, W) + b_state
    gates = 1 / (1 + np.exp(-np.clip(read[:, : 2 * d] + back[:, : 2 * d], -700, 700)))
    n = np.tanh(read[:, 2 * d :] + gates[:, :d] * back[:, 2 * d :])
    return n + gates[:, d:] * (h - n)
