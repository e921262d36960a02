"""What goes wrong in one step of an LSTM, and other ways to write it."""

import numpy as np


def _sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _sums(x_t, h, W, U, b):
    return np.split(h @ W.T + x_t @ U.T + b, 4, axis=1)


def order_i_g_f_o(x_t, h, c, W, U, b):
    """You take the third block for the keep gate and the second for the candidate. The order is i, f, g,
    o."""
    i, g, f, o = _sums(x_t, h, W, U, b)
    c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def old_cell_shown(x_t, h, c, W, U, b):
    """You show the old cell in h. First renew c, then show the new one."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    return _sigmoid(o) * np.tanh(c), _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)


def coupled_gates(x_t, h, c, W, U, b):
    """You write with 1 - f. That is another network, with coupled gates; here i has weights of its own."""
    _, f, g, o = _sums(x_t, h, W, U, b)
    c = _sigmoid(f) * c + (1 - _sigmoid(f)) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def right_row_by_row(x_t, h, c, W, U, b):
    """As the formulas stand, for one sequence after the other."""
    d, rows = h.shape[1], []
    for x, before, cell in zip(x_t, h, c, strict=True):
        z = W @ before + U @ x + b
        i, f, o = _sigmoid(z[:d]), _sigmoid(z[d : 2 * d]), _sigmoid(z[3 * d :])
        cell = f * cell + i * np.tanh(z[2 * d : 3 * d])
        rows.append((o * np.tanh(cell), cell))
    return np.array([row[0] for row in rows]), np.array([row[1] for row in rows])


def right_by_axes(x_t, h, c, W, U, b):
    """Gates along an axis of their own."""
    d = h.shape[1]
    z = np.einsum("bj,kj->bk", np.hstack([h, x_t]), np.hstack([W, U])) + b
    z = z.reshape(len(h), 4, d)
    gates, g = 1 / (1 + np.exp(-np.clip(z, -700, 700))), np.tanh(z[:, 2])
    cell = gates[:, 1] * c + gates[:, 0] * g
    return gates[:, 3] * np.tanh(cell), cell
