# verdict: wrong
# what: Applies SiLU to u before the convolution, so the tail holds bent numbers.
# diagnosis: The convolution mixes the plain u; SiLU comes after it.
# told: mistake silu_before_the_convolution
"""The block of Mamba, over a whole sequence."""

import torch
import torch.nn.functional as F
from torch import Tensor


def _conv(u: Tensor, tail: Tensor, weight: Tensor) -> tuple[Tensor, Tensor]:
    """A short causal convolution: u (batch, time, d_inner) -> the same shape, and the new tail."""
    seen, seq_len = torch.cat([tail, u], 1), u.shape[1]
    return sum(w * seen[:, k : k + seq_len] for k, w in enumerate(weight)), seen[:, seq_len:]


def _s6(u: Tensor, h: Tensor, A_log: Tensor) -> tuple[Tensor, Tensor]:
    """A small selective layer: u (batch, time, d_inner) -> the same shape, and the new h.

    It has no weights but A_log: delta is softplus(u), B and C are the mean of u times 1, 2, 3, ...
    """
    numbers = torch.arange(1, len(A_log) + 1, dtype=u.dtype)
    ys = []
    for u_t in u.unbind(1):
        delta, B = F.softplus(u_t), u_t.mean(-1, keepdim=True) * numbers
        h = torch.exp(-A_log.exp() * delta[:, None]) * h + B[:, :, None] * (delta * u_t)[:, None]
        ys.append((B[:, :, None] * h).sum(1) + u_t)
    return torch.stack(ys, 1), h


def mamba_block(
    x: Tensor, tail: Tensor, h: Tensor, W_in: Tensor, weight: Tensor, A_log: Tensor, W_out: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    u, z = (x @ W_in.T).chunk(2, dim=-1)
    u, tail = _conv(F.silu(u), tail, weight)
    y, h = _s6(u, h, A_log)
    return (y * F.silu(z)) @ W_out.T, tail, h
