"""What goes wrong in one step of an LSTM, and other ways to write it."""

import numpy as np


def _sigmoid(z):
    return 0.5 + 0.5 * np.tanh(0.5 * z)


def _sums(x_t, h, W, U, b):
    return np.split(h @ W.T + x_t @ U.T + b, 4, axis=1)


def _cell(i, f, g, c):
    return _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)


def order_i_f_o_g(x_t, h, c, W, U, b):
    """You take the third block for the show gate and the last for the candidate. The order is i, f, g, o."""
    i, f, o, g = _sums(x_t, h, W, U, b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def order_f_i_g_o(x_t, h, c, W, U, b):
    """You keep with the first block and write with the second. The first belongs to i, which writes, and the
    second to f, which keeps."""
    f, i, g, o = _sums(x_t, h, W, U, b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def order_f_i_o_g(x_t, h, c, W, U, b):
    """You take the blocks for f, i, o and g. The order is i, f, g, o."""
    f, i, o, g = _sums(x_t, h, W, U, b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def every_fourth_row(x_t, h, c, W, U, b):
    """You take every fourth row for a gate. The matrices stand on top of each other, so d_hidden rows in a
    block belong to i, the next block to f, and so on."""
    z = h @ W.T + x_t @ U.T + b
    i, f, g, o = (z[:, k::4] for k in range(4))
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def sigmoid_for_the_candidate(x_t, h, c, W, U, b):
    """You put the candidate through the sigmoid. It goes through tanh, so that a cell can also become
    smaller."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    c = _sigmoid(f) * c + _sigmoid(i) * _sigmoid(g)
    return _sigmoid(o) * np.tanh(c), c


def candidate_not_squeezed(x_t, h, c, W, U, b):
    """Your candidate is not squeezed. It goes through tanh."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    c = _sigmoid(f) * c + _sigmoid(i) * g
    return _sigmoid(o) * np.tanh(c), c


def cell_shown_without_tanh(x_t, h, c, W, U, b):
    """You show the cell as it is. It goes through tanh before the show gate multiplies it."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * c, c


def squeezed_cell_kept(x_t, h, c, W, U, b):
    """You hand on the cell after its tanh. Only what is shown goes through tanh; the cell itself stays as it
    is."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    c = np.tanh(_cell(i, f, g, c))
    return _sigmoid(o) * c, c


def cell_first(x_t, h, c, W, U, b):
    """You return the cell first. The order is h, then c."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    c = _cell(i, f, g, c)
    return c, _sigmoid(o) * np.tanh(c)


def gates_read_the_cell(x_t, h, c, W, U, b):
    """Your gates read the old cell. They read the old h."""
    i, f, g, o = _sums(x_t, c, W, U, b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def all_is_kept(x_t, h, c, W, U, b):
    """Your cell keeps all that it had. What it had is multiplied by the keep gate f."""
    i, _, g, o = _sums(x_t, h, W, U, b)
    c = c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def written_whole(x_t, h, c, W, U, b):
    """You add the whole candidate. The write gate i says how much of it is written."""
    _, f, g, o = _sums(x_t, h, W, U, b)
    c = _sigmoid(f) * c + np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def bias_left_out(x_t, h, c, W, U, b):
    """You left out b."""
    i, f, g, o = _sums(x_t, h, W, U, 0 * b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def state_left_out(x_t, h, c, W, U, b):
    """Your gates read the input alone. They read the old h, too."""
    i, f, g, o = _sums(x_t, 0 * h, W, U, b)
    c = _cell(i, f, g, c)
    return _sigmoid(o) * np.tanh(c), c


def order_i_g_f_o(x_t, h, c, W, U, b):
    """You take the third block for the keep gate and the second for the candidate. The order is i, f, g,
    o."""
    i, g, f, o = _sums(x_t, h, W, U, b)
    c = _sigmoid(f) * c + _sigmoid(i) * np.tanh(g)
    return _sigmoid(o) * np.tanh(c), c


def candidate_shown(x_t, h, c, W, U, b):
    """You show the candidate g. What is shown is the new cell, through tanh."""
    i, f, g, o = _sums(x_t, h, W, U, b)
    return _sigmoid(o) * np.tanh(g), _cell(i, f, g, c)


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
