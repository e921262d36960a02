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
