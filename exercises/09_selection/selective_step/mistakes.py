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
