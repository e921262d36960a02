# verdict: right
# what: Hands one step after the other through the whole block.
# diagnosis: none
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
    d_inner = weight.shape[1]
    outputs = []
    for t in range(x.shape[1]):
        both = x[:, t : t + 1] @ W_in.T
        u, tail = _conv(both[..., :d_inner], tail, weight)
        u, h = _s6(u / (1 + torch.exp(-u)), h, A_log)
        z = both[..., d_inner:]
        outputs.append((u * z / (1 + torch.exp(-z))) @ W_out.T)
    return torch.cat(outputs, dim=1), tail, h
