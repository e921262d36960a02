"""What goes wrong in Mamba's block, and other ways to write it."""

import torch
import torch.nn.functional as F


def _conv(u, tail, weight):
    seen, seq_len = torch.cat([tail, u], 1), u.shape[1]
    return sum(w * seen[:, k : k + seq_len] for k, w in enumerate(weight)), seen[:, seq_len:]


def _s6(u, h, A_log):
    numbers = torch.arange(1, len(A_log) + 1, dtype=u.dtype)
    ys = []
    for u_t in u.unbind(1):
        delta, B = F.softplus(u_t), u_t.mean(-1, keepdim=True) * numbers
        h = torch.exp(-A_log.exp() * delta[:, None]) * h + B[:, :, None] * (delta * u_t)[:, None]
        ys.append((B[:, :, None] * h).sum(1) + u_t)
    return torch.stack(ys, 1), h


def _block(x, tail, h, W_in, weight, A_log, W_out, inside=F.silu, gate=F.silu):
    u, z = (x @ W_in.T).chunk(2, -1)
    u, tail = _conv(u, tail, weight)
    v, h = _s6(inside(u), h, A_log)
    return (v * gate(z)) @ W_out.T, tail, h


def halves_swapped(x, tail, h, W_in, weight, A_log, W_out):
    """You take the halves the other way round. The first rows of W_in make u, which goes through the
    state, and the others make z, the gate."""
    z_rows, u_rows = W_in.chunk(2, 0)
    return _block(x, tail, h, torch.cat([u_rows, z_rows]), weight, A_log, W_out)


def gate_not_squeezed(x, tail, h, W_in, weight, A_log, W_out):
    """You multiply by z as it is. The gate goes through SiLU, too."""
    return _block(x, tail, h, W_in, weight, A_log, W_out, gate=lambda z: z)


def nothing_after_the_convolution(x, tail, h, W_in, weight, A_log, W_out):
    """SiLU is missing between the convolution and S6."""
    return _block(x, tail, h, W_in, weight, A_log, W_out, inside=lambda u: u)


def every_second_row(x, tail, h, W_in, weight, A_log, W_out):
    """You take every second row of W_in for u and the others for z. The halves stand one after the other:
    first all rows of u."""
    return _block(x, tail, h, torch.cat([W_in[0::2], W_in[1::2]]), weight, A_log, W_out)


def sigmoid_for_the_gate(x, tail, h, W_in, weight, A_log, W_out):
    """You multiply by the sigmoid of z. The gate is SiLU, which is z times its sigmoid."""
    return _block(x, tail, h, W_in, weight, A_log, W_out, gate=torch.sigmoid)


def sigmoid_inside(x, tail, h, W_in, weight, A_log, W_out):
    """You put a sigmoid between the convolution and S6. There, too, stands SiLU: a number times its
    sigmoid."""
    return _block(x, tail, h, W_in, weight, A_log, W_out, inside=torch.sigmoid)


def gelu_for_silu(x, tail, h, W_in, weight, A_log, W_out):
    """You take GELU for SiLU. They look alike, but SiLU is a number times its sigmoid."""
    return _block(x, tail, h, W_in, weight, A_log, W_out, F.gelu, F.gelu)


def gated_before_the_state(x, tail, h, W_in, weight, A_log, W_out):
    """You multiply by the gate before S6. There it changes what is remembered; it belongs behind S6,
    where it decides how much comes out."""
    u, z = (x @ W_in.T).chunk(2, -1)
    u, tail = _conv(u, tail, weight)
    v, h = _s6(F.silu(u) * F.silu(z), h, A_log)
    return v @ W_out.T, tail, h


def tail_of_this_piece_alone(x, tail, h, W_in, weight, A_log, W_out):
    """You cut the new tail from this piece alone. A short piece does not fill it, and with width 1 your
    slice takes everything; the convolution hands you the right one."""
    u, _ = (x @ W_in.T).chunk(2, -1)
    y, _, h = _block(x, tail, h, W_in, weight, A_log, W_out)
    return y, u[:, -(len(weight) - 1) :], h


def residual_added(x, tail, h, W_in, weight, A_log, W_out):
    """You add x to the output. The residual connection is not part of this block."""
    y, tail, h = _block(x, tail, h, W_in, weight, A_log, W_out)
    return x + y, tail, h


def single_precision(x, tail, h, W_in, weight, A_log, W_out):
    """You compute in 32 bits, whatever comes in. Keep the dtype."""
    return _block(*(each.float() for each in (x, tail, h, W_in, weight, A_log, W_out)))


def silu_before_the_convolution(x, tail, h, W_in, weight, A_log, W_out):
    """You take SiLU before the convolution, so that the tail holds what SiLU has made. The convolution
    mixes u as it is; SiLU comes behind it."""
    u, z = (x @ W_in.T).chunk(2, -1)
    u, tail = _conv(F.silu(u), tail, weight)
    v, h = _s6(u, h, A_log)
    return (v * F.silu(z)) @ W_out.T, tail, h


def old_states_handed_on(x, tail, h, W_in, weight, A_log, W_out):
    """You hand on the tail and the state that you were handed. The next piece needs the new ones."""
    return _block(x, tail, h, W_in, weight, A_log, W_out)[0], tail, h


def no_gate(x, tail, h, W_in, weight, A_log, W_out):
    """The gate is missing: what comes out of S6 is multiplied by SiLU of z."""
    return _block(x, tail, h, W_in, weight, A_log, W_out, gate=torch.ones_like)


def convolution_behind_the_state(x, tail, h, W_in, weight, A_log, W_out):
    """You put the convolution behind S6. It stands before it, so that what is written can depend on the
    steps beside."""
    u, z = (x @ W_in.T).chunk(2, -1)
    v, h = _s6(F.silu(u), h, A_log)
    v, tail = _conv(v, tail, weight)
    return (v * F.silu(z)) @ W_out.T, tail, h


def both_halves_convolved(x, tail, h, W_in, weight, A_log, W_out):
    """You let the gate go through the convolution, too. Only u does."""
    u, z = (x @ W_in.T).chunk(2, -1)
    z, _ = _conv(z, tail, weight)
    u, tail = _conv(u, tail, weight)
    v, h = _s6(F.silu(u), h, A_log)
    return (v * F.silu(z)) @ W_out.T, tail, h


def right_two_matrices(x, tail, h, W_in, weight, A_log, W_out):
    """Each half by a matrix of its own, SiLU written out."""
    d_inner = W_in.shape[0] // 2
    u, tail = _conv(torch.einsum("btm,dm->btd", x, W_in[:d_inner]), tail, weight)
    z = torch.einsum("btm,dm->btd", x, W_in[d_inner:])
    v, h = _s6(u * torch.sigmoid(u), h, A_log)
    return torch.einsum("btd,md->btm", z / (1 + torch.exp(-z)) * v, W_out), tail, h


def right_step_by_step(x, tail, h, W_in, weight, A_log, W_out):
    """One step after the other, both states carried."""
    ys = []
    for x_t in x.split(1, 1):
        y, tail, h = _block(x_t, tail, h, W_in, weight, A_log, W_out)
        ys.append(y)
    return torch.cat(ys, 1), tail, h
