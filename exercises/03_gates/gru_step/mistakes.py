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


def order_z_r_n(x_t, h, W, U, b, b_state):
    """You take the first block for z and the second for r. The order is r, z, n."""
    z, r, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h


def reset_on_the_input(x_t, h, W, U, b, b_state):
    """Your r multiplies what comes from the input as well. It stands before the part of the state alone."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return (1 - z) * np.tanh(r * (x_n + h_n)) + z * h


def reset_left_out(x_t, h, W, U, b, b_state):
    """The reset gate is missing: your candidate sees all of the old state. Multiply what comes from it by
    r."""
    _, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return (1 - z) * np.tanh(x_n + h_n) + z * h


def sigmoid_for_the_candidate(x_t, h, W, U, b, b_state):
    """You put the candidate through the sigmoid. It goes through tanh, so that a state can be negative."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return (1 - z) * _sigmoid(x_n + r * h_n) + z * h


def candidate_not_squeezed(x_t, h, W, U, b, b_state):
    """Your candidate is not squeezed. It goes through tanh."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return (1 - z) * (x_n + r * h_n) + z * h


def gates_without_b_state(x_t, h, W, U, b, b_state):
    """You left b_state out of the gates. Each of the three has both biases."""
    d = h.shape[1]
    only_n = np.concatenate([0 * b_state[: 2 * d], b_state[2 * d :]])
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, only_n)
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h


def b_state_left_out(x_t, h, W, U, b, b_state):
    """You left out b_state. It is added to what W makes of the state."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, 0 * b_state)
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h


def old_state_not_kept(x_t, h, W, U, b, b_state):
    """You return the share of the candidate alone. The old state keeps the share z."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return (1 - z) * np.tanh(x_n + r * h_n)


def candidate_enters_whole(x_t, h, W, U, b, b_state):
    """You add the whole candidate. Only the share 1 - z of it enters, for the rest is the old state."""
    r, z, x_n, h_n = _parts(x_t, h, W, U, b, b_state)
    return np.tanh(x_n + r * h_n) + z * h


def W_from_the_wrong_side(x_t, h, W, U, b, b_state):
    """Each block of your W works the wrong way round. For states in rows it is h @ W.T, block by block. numpy
    cannot warn you, because a block is square."""
    d = h.shape[1]
    turned = np.concatenate([W[k * d : (k + 1) * d].T for k in range(3)])
    r, z, x_n, h_n = _parts(x_t, h, turned, U, b, b_state)
    return (1 - z) * np.tanh(x_n + r * h_n) + z * h


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
