"""What goes wrong in a selective step, and other ways to write it."""

import numpy as np


def _softplus(z):
    return np.logaddexp(0.0, z)


def _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log):
    return _softplus(x_t @ W_down.T @ W_up.T + b_delta), x_t @ W_B.T, x_t @ W_C.T, -np.exp(A_log)


def _finish(delta, B, C, A, x_t, h, D, write=None):
    write = delta[:, None, :] * B[:, :, None] * x_t[:, None, :] if write is None else write
    h = np.exp(delta[:, None, :] * A) * h + write
    return (C[:, :, None] * h).sum(1) + D * x_t, h


def written_without_delta(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """What you write does not depend on the length of the step. delta multiplies B and x_t, too, so that
    a step of length 0 writes nothing."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return _finish(delta, B, C, A, x_t, h, D, B[:, :, None] * x_t[:, None, :])


def hold_for_B(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You write by zero-order hold, with (exp(delta A) - 1) / A in front of B x_t. This layer, like the
    released code of Mamba, takes Euler's rule for B: delta alone."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    hold = np.expm1(delta[:, None, :] * A) / A
    return _finish(delta, B, C, A, x_t, h, D, hold * B[:, :, None] * x_t[:, None, :])


def old_state_read(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You read the state before it is renewed, so that the output comes one step late. Renew it first."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return (C[:, :, None] * h).sum(1) + D * x_t, _finish(delta, B, C, A, x_t, h, D)[1]


def A_positive(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """Your A is positive, so that the state grows at each step. A is minus the exponential of A_log."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return _finish(delta, B, C, -A, x_t, h, D)


def A_log_taken_for_A(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You use A_log as if it were A. What is learned is the logarithm of -A, so take its exponential and
    turn the sign."""
    delta, B, C, _ = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return _finish(delta, B, C, A_log, x_t, h, D)


def one_length_for_all_channels(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You take the mean of the lengths, so that all channels take a step of one length. Only B and C are
    shared; each channel has a length of its own."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    delta = np.broadcast_to(delta.mean(1, keepdims=True), delta.shape)
    return _finish(delta, B, C, A, x_t, h, D)


def D_left_out(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """The way past the state is missing: D times the input is added to what is read."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return _finish(delta, B, C, A, x_t, h, 0 * D)


def reshaped_not_transposed(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """Your B and C mix the rows of the batch: a reshape reads the numbers on in the same order. To turn
    rows into columns, transpose."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    B, C = (np.reshape(W @ x_t.T, (len(x_t), -1)) for W in (W_B, W_C))
    return _finish(delta, B, C, A, x_t, h, D)


def bias_outside_the_softplus(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You add the bias after the softplus. It belongs inside: outside, a negative one could make a length
    negative."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    delta = _softplus(x_t @ W_down.T @ W_up.T) + b_delta
    return _finish(delta, B, C, A, x_t, h, D)


def bias_left_out(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """The bias b_delta is missing inside the softplus."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    delta = _softplus(x_t @ W_down.T @ W_up.T)
    return _finish(delta, B, C, A, x_t, h, D)


def one_A_for_all_channels(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You use one A for each state, the mean over the channels. A_log has a number for each state of each
    channel."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    A = np.broadcast_to(A.mean(1, keepdims=True), A.shape)
    return _finish(delta, B, C, A, x_t, h, D)


def softplus_forgotten(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """The softplus is missing, so that your steps can have a negative length."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    delta = x_t @ W_down.T @ W_up.T + b_delta
    return _finish(delta, B, C, A, x_t, h, D)


def B_and_C_swapped(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """Your B and C are swapped. B is what is written, C is what is read."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return _finish(delta, C, B, A, x_t, h, D)


def delta_left_out_of_the_keep(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """What you keep of the old state does not depend on the length of the step. delta stands in the
    exponent, too."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    write = delta[:, None, :] * B[:, :, None] * x_t[:, None, :]
    h = np.exp(A) * h + write
    return (C[:, :, None] * h).sum(1) + D * x_t, h


def euler_for_A(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You keep 1 + delta A of the old state, which is Euler's rule. For A the layer takes the hold,
    exp(delta A); Euler's rule is for what is written."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    h = (1 + delta[:, None, :] * A) * h + delta[:, None, :] * B[:, :, None] * x_t[:, None, :]
    return (C[:, :, None] * h).sum(1) + D * x_t, h


def old_state_handed_on(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """Your output is right, but you hand on the state that you were handed. The next step needs the new
    one."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    return _finish(delta, B, C, A, x_t, h, D)[0], h


def written_without_the_input(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """You write delta times B, without the input. What is written is delta times B times x_t."""
    delta, B, C, A = _made(x_t, W_down, W_up, b_delta, W_B, W_C, A_log)
    write = delta[:, None, :] * B[:, :, None] * np.ones_like(x_t)[:, None, :]
    return _finish(delta, B, C, A, x_t, h, D, write)


def right_with_einsum(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """Sums over named indices."""
    z = np.einsum("bd,rd,er->be", x_t, W_down, W_up) + b_delta
    delta = np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))
    keep = np.exp(-np.einsum("bd,nd->bnd", delta, np.exp(A_log)))
    new = keep * h + np.einsum("nc,bc,bd,bd->bnd", W_B, x_t, delta, x_t)
    return np.einsum("nc,bc,bnd->bd", W_C, x_t, new) + x_t * D, new


def right_row_by_row(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """As the formulas stand, for one row after the other."""
    ys, states = [], []
    for x, before in zip(x_t, h, strict=True):
        delta = np.logaddexp(0, W_up @ (W_down @ x) + b_delta)
        after = np.exp(delta * -np.exp(A_log)) * before + np.outer(W_B @ x, delta * x)
        ys.append((W_C @ x) @ after + D * x)
        states.append(after)
    return np.array(ys), np.array(states)
