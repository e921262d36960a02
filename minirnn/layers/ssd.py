"""SSD: one decay for a whole head, and a recurrence is a masked attention.

    h_t = a_t h_{t-1} + x_t B_t^T,    y_t = h_t C_t            h is (head_dim, d_state), a_t one number
    Y = (L * (C B^T)) X,    L_ts = a_t ... a_{s+1} for s <= t, else 0

(Dao and Gu 2024, "Transformers are SSMs", arXiv 2405.21060, sections 3.2 and 5; the chunks of section 6.)
The first form is linear in time and runs step by step; the second is quadratic and is all products of
matrices. The third is both: the second within a chunk of steps, the first from chunk to chunk. Products of
matrices are what hardware does best, and a state is written once for each chunk, not at every step.

Decays come as log a_t <= 0; minus infinity is a reset. The sum of them between two steps is made by adding
what lies between, never as a difference of two sums from the start: far out, that would subtract two large
numbers to get a small one, and at a reset infinity from infinity.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Device, DType, Layer, Output, State
from minirnn.layers.shared.checks import check_state
from minirnn.layers.shared.discretize import DELTA_RANGE, inverse_softplus, log_uniform
from minirnn.layers.shared.precision import state_dtype
from minirnn.layers.shared.weights import linear
from minirnn.scan import scan

CHUNK = 64


def segment_sums(log_a: Tensor) -> Tensor:
    """(..., time) -> (..., time, time): log_a_{s+1} + .. + log_a_t at (t, s), minus infinity where s > t."""
    ones = torch.ones(log_a.shape[-1], log_a.shape[-1], dtype=torch.bool, device=log_a.device)
    after_s = log_a.unsqueeze(-1).masked_fill(~ones.tril(-1), 0)
    return after_s.cumsum(-2).masked_fill(~ones.tril(), -torch.inf)


def ssd_recurrent(x: Tensor, log_a: Tensor, B: Tensor, C: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    """The first form, a loop. The shapes of all three forms:

    x (batch, time, heads, head_dim), log_a (batch, time, heads), B and C (batch, time, d_state), and the
    state h (batch, heads, head_dim, d_state) -> y of the shape of x, and the state after the last step.
    """
    outputs = []
    for x_t, log_a_t, B_t, C_t in zip(x.unbind(1), log_a.unbind(1), B.unbind(1), C.unbind(1), strict=True):
        h = torch.exp(log_a_t)[..., None, None] * h + x_t.unsqueeze(-1) * B_t[:, None, None]
        outputs.append(torch.einsum("bhpn,bn->bhp", h, C_t))
    return torch.stack(outputs, 1), h


def ssd_quadratic(x: Tensor, log_a: Tensor, B: Tensor, C: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
    """The second form, for time t and s; and what the first state adds to each y_t and to the last state."""
    L = torch.exp(segment_sums(log_a.mT))
    since_start = torch.exp(log_a.cumsum(1))
    y = torch.einsum("bhts,bts,bshp->bthp", L, C @ B.mT, x)
    y = y + torch.einsum("btn,bhpn,bth->bthp", C, h, since_start)
    written = torch.einsum("bhs,bshp,bsn->bhpn", L[:, :, -1], x, B)
    return y, since_start[:, -1, :, None, None] * h + written


def ssd_chunked(
    x: Tensor, log_a: Tensor, B: Tensor, C: Tensor, h: Tensor, chunk: int = CHUNK
) -> tuple[Tensor, Tensor]:
    """The third form, for any time and any chunk length: the second in each chunk c, and a scan over c."""
    seq_len, chunk = x.shape[1], min(chunk, x.shape[1])
    # Steps that keep the state (log a = 0) and write nothing fill up the last chunk.
    x, log_a, B, C = (
        F.pad(z, (0, 0) * (z.ndim - 2) + (0, -seq_len % chunk)).unflatten(1, (-1, chunk))
        for z in (x, log_a, B, C)
    )
    L = torch.exp(segment_sums(log_a.mT))
    since_start = torch.exp(log_a.cumsum(2))
    y = torch.einsum("bchts,bcts,bcshp->bcthp", L, C @ B.mT, x)
    written = torch.einsum("bchs,bcshp,bcsn->bchpn", L[..., -1, :], x, B).to(h.dtype)
    kept = since_start[:, :, -1, :, None, None].expand_as(written)
    after, last = scan(kept.flatten(2), written.flatten(2), h.flatten(1))
    before = torch.cat([h.unsqueeze(1), after[:, :-1].unflatten(2, h.shape[1:])], 1)
    y = y + torch.einsum("bctn,bchpn,bcth->bcthp", C, before, since_start)
    return y.flatten(1, 2)[:, :seq_len], last.unflatten(1, h.shape[1:])


class SSDHeads(nn.Module):
    """The recurrence with its own parameters, for x, B, C and step sizes that somebody else has made.

    a_t = exp(-exp(A_log) delta_t), delta_t = softplus(dt_t + dt_bias), and the state takes in
    delta_t x_t B_t^T. y_t = h_t C_t + D x_t. For each head exp(A_log) starts uniform in [1, 16],
    softplus(dt_bias) log-uniform in DELTA_RANGE, and D at 1. n_groups divides n_heads: the heads are cut
    into so many groups in a row, each with its own B and C.
    """

    def __init__(self, n_heads: int, head_dim: int, d_state: int, n_groups: int = 1) -> None:
        super().__init__()
        if n_heads % n_groups:
            raise ValueError(f"n_groups is {n_groups}, expected a divisor of n_heads = {n_heads}")
        self.state_shapes, self.n_groups = ((n_heads, head_dim, d_state),), n_groups
        self.A_log = nn.Parameter(torch.empty(n_heads).uniform_(1, 16).log())
        self.dt_bias = nn.Parameter(inverse_softplus(log_uniform(n_heads, *DELTA_RANGE)))
        self.D = nn.Parameter(torch.ones(n_heads))

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0, (batch, n_heads, head_dim, d_state)."""
        dtype = state_dtype(dtype or self.D.dtype)
        return (torch.zeros(batch, *self.state_shapes[0], device=device or self.D.device, dtype=dtype),)

    def forward(
        self, x: Tensor, B: Tensor, C: Tensor, dt: Tensor, state: State, reset: Tensor | None = None
    ) -> Output:
        """x (batch, time, d_inner) -> y like x, and the state after the last step.

        B and C are (batch, time, n_groups * d_state), dt is (batch, time, n_heads).
        """
        check_state(state, x.shape[0], self.state_shapes)
        (h,) = state
        heads = x.to(h.dtype).unflatten(-1, self.state_shapes[0][:2])
        delta = F.softplus(dt.to(h.dtype) + self.dt_bias.to(h.dtype))
        log_a = -torch.exp(self.A_log.to(h.dtype)) * delta
        if reset is not None:
            log_a = log_a.masked_fill(reset.unsqueeze(-1), -torch.inf)
        form = ssd_recurrent if x.shape[1] == 1 else ssd_chunked
        # Groups know nothing of each other, so each is a row of the batch.
        u, log_a, B, C = (
            z.unflatten(2, (self.n_groups, -1)).transpose(1, 2).flatten(0, 1)
            for z in (delta.unsqueeze(-1) * heads, log_a, B.to(h.dtype), C.to(h.dtype))
        )
        y, last = form(u, log_a, B, C, h.unflatten(1, (self.n_groups, -1)).flatten(0, 1))
        y, h = y.unflatten(0, (-1, self.n_groups)).transpose(1, 2).flatten(2, 3), last.reshape(h.shape)
        return (y + self.D.to(h.dtype)[:, None] * heads).flatten(2).to(x.dtype), (h,)


class SSD(Layer):
    """x (batch, time, d_inner) -> y of the same shape, with B, C and dt made from x by one map.

    head_dim divides d_inner. State: h (batch, n_heads, head_dim, d_state), float32 (float64 for float64
    inputs), zero at the start.
    """

    def __init__(self, d_inner: int, d_state: int = 64, head_dim: int = 64) -> None:
        n_heads = d_inner // head_dim
        super().__init__(d_inner, [(n_heads, head_dim, d_state)])
        if d_inner % head_dim:
            raise ValueError(f"head_dim is {head_dim}, expected a divisor of d_inner = {d_inner}")
        self.sizes = [d_state, d_state, n_heads]
        self.into = linear(d_inner, sum(self.sizes))
        self.heads = SSDHeads(n_heads, head_dim, d_state)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_inner) -> y of the same shape, and the last h."""
        B, C, dt = self.into(x).split(self.sizes, -1)
        return self.heads(x, B, C, dt, state, reset)
