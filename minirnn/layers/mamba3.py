"""Mamba-3: a step also writes what its predecessor brought, and keys and queries turn as the input says.

    phi_t = phi_{t-1} + pi tanh(theta_t) delta_t mod 2 pi         an angle for each pair in d_state
    k_t, q_t = B_t, C_t with RMSNorm, plus a bias, turned by phi_t
    S_t = alpha_t S_{t-1} + (1 - lambda_t) delta_t alpha_t v_{t-1} k_{t-1}^T + lambda_t delta_t v_t k_t^T
    y_t = W_out ((S_t q_t + D v_t) * SiLU(z_t))

with alpha_t = exp(delta_t A_t), A_t = -softplus(a_t), delta_t = softplus(dt_t + dt_bias), lambda_t =
sigmoid(trap_t); one matrix makes z, v, B, C, theta, dt, a and trap from x_t. (arXiv 2603.15569. The equations
follow the step reference for SISO in the authors' code, and A_t their module.) For each head S is (head_dim,
d_state), v (head_dim,), k and q (d_state,), phi (d_state / 2,), and alpha, delta, lambda are numbers.

Mamba-2's step, ssd.py, takes an input as if it came at the end of the step. Here lambda shares delta out
between both ends: what came at the start, the last v and k, has decayed by alpha since, and lambda = 1/2 is
the trapezoid's rule. lambda = 1 is Mamba-2's. So the last k and v belong to the state. Two steps meet in each
write, as they did in Mamba-2's short convolution; there is no convolution here.

Only the angle between a key and a query counts, phi_t - phi_s: as rope.py, but how far to turn is read from
the input. Turning both is the same as a complex state whose pairs turn at every step, and S stays real.

In chunks: without the write of its own step, Q_t = S_t - lambda_t delta_t v_t k_t^T, the state is

    Q_t = alpha_t (Q_{t-1} + w_t v_{t-1} k_{t-1}^T),   w_t = lambda_{t-1} delta_{t-1} + (1 - lambda_t) delta_t

which is SSD, one write a step, of the sequence shifted by a step. A reset is alpha_t = 0 here too. It forgets
S and with it the last k and v, which alpha_t multiplies; phi starts again from 0.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.discretize import DELTA_RANGE, inverse_softplus, log_uniform
from minirnn.layers.shared.rope import rotate
from minirnn.layers.shared.weights import linear
from minirnn.layers.ssd import CHUNK, ssd_chunked
from minirnn.scan import scan

A_MIN, EPS = 1e-4, 1e-5  # of the authors' code: the least -A_t, and what RMSNorm adds to the mean square

Carried = tuple[Tensor, Tensor, Tensor]


def two_point_recurrent(
    q: Tensor, k: Tensor, v: Tensor, log_alpha: Tensor, start: Tensor, end: Tensor, carried: Carried
) -> tuple[Tensor, Tensor]:
    """The rule as it is written, a loop. The shapes of both forms:

    q, k (batch, time, heads, d_state), v (batch, time, heads, head_dim), log_alpha <= 0, start = (1 - lambda)
    delta and end = lambda delta (batch, time, heads), carried: S (batch, heads, head_dim, d_state) and the
    last k and v -> S_t q_t of the shape of v, and the last S.
    """
    S, k_before, v_before = carried
    outputs = []
    for q_t, k_t, v_t, *numbers in zip(*(z.unbind(1) for z in (q, k, v, log_alpha, start, end)), strict=True):
        log_alpha_t, start_t, end_t = (z[..., None, None] for z in numbers)
        before, now = v_before.unsqueeze(-1) * k_before.unsqueeze(-2), v_t.unsqueeze(-1) * k_t.unsqueeze(-2)
        S = torch.exp(log_alpha_t) * (S + start_t * before) + end_t * now
        outputs.append(torch.einsum("bhpn,bhn->bhp", S, q_t))
        k_before, v_before = k_t, v_t
    return torch.stack(outputs, 1), S


def two_point_chunked(
    q: Tensor,
    k: Tensor,
    v: Tensor,
    log_alpha: Tensor,
    start: Tensor,
    end: Tensor,
    carried: Carried,
    chunk: int = CHUNK,
) -> tuple[Tensor, Tensor]:
    """The same in chunks, for any time and any chunk length."""
    S, k_before, v_before = carried
    k_before = torch.cat([k_before.unsqueeze(1), k[:, :-1]], 1)
    v_before = torch.cat([v_before.unsqueeze(1), v[:, :-1]], 1)
    end_before = F.pad(end, (0, 0, 1, 0))[:, :-1]  # 0 at first: the carried S has that write already
    w = end_before + start
    u = (torch.exp(log_alpha) * w).unsqueeze(-1) * v_before
    # Each head has keys of its own, so each is a row of the batch.
    u, log_alpha, B, C = (z.transpose(1, 2).flatten(0, 1) for z in (u, log_alpha.unsqueeze(-1), k_before, q))
    y, Q = ssd_chunked(u.unsqueeze(2), log_alpha, B, C, S.flatten(0, 1).unsqueeze(1), chunk)
    y = y.squeeze(2).unflatten(0, S.shape[:2]).transpose(1, 2)
    now = end.unsqueeze(-1) * v
    S = Q.reshape(S.shape) + now[:, -1].unsqueeze(-1) * k[:, -1].unsqueeze(-2)
    return y + (k * q).sum(-1, keepdim=True) * now, S


class Mamba3(Layer):
    """x (batch, time, d_model) -> y of the same shape.

    d_state: even; all its pairs (j, j + d_state / 2) turn, in the authors' module by default half of them.
    head_dim divides expand * d_model. All heads share B, C and theta; each has its own bias of k and of q and
    its own D, which start at 1, and its own dt_bias: softplus of it starts log-uniform in DELTA_RANGE. State:
    phi (batch, n_heads, d_state / 2), S (batch, n_heads, head_dim, d_state), the last k (batch, n_heads,
    d_state) and v (batch, n_heads, head_dim), float32 (float64 for float64 inputs), zero at the start.
    """

    def __init__(self, d_model: int, d_state: int = 64, head_dim: int = 64, expand: int = 2) -> None:
        d_inner, pairs = expand * d_model, d_state // 2
        n = d_inner // head_dim
        super().__init__(d_model, [(n, pairs), (n, head_dim, d_state), (n, d_state), (n, head_dim)])
        if d_inner % head_dim:
            raise ValueError(f"head_dim is {head_dim}, expected a divisor of {d_inner} = expand * d_model")
        if d_state % 2:
            raise ValueError(f"d_state is {d_state}, expected an even number: pairs of it turn")
        self.heads, self.sizes = (n, head_dim), [d_inner, d_inner, d_state, d_state, pairs, n, n, n]
        self.into = linear(d_model, sum(self.sizes))
        self.B_norm, self.C_norm = (nn.Parameter(torch.ones(d_state)) for _ in range(2))
        self.B_bias, self.C_bias = (nn.Parameter(torch.ones(n, d_state)) for _ in range(2))
        self.dt_bias = nn.Parameter(inverse_softplus(log_uniform(n, *DELTA_RANGE)))
        self.D = nn.Parameter(torch.ones(n))
        self.out = linear(d_inner, d_model)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last phi, S, k and v."""
        phi, S, k_before, v_before = state
        z, v, B, C, theta, dt, a, trap = self.into(x).to(S.dtype).split(self.sizes, -1)
        v, delta = v.unflatten(-1, self.heads), F.softplus(dt + self.dt_bias.to(S.dtype))
        log_alpha = -F.softplus(a).clamp(min=A_MIN) * delta
        if reset is not None:
            log_alpha = log_alpha.masked_fill(reset.unsqueeze(-1), -torch.inf)
        turns = (math.pi * torch.tanh(theta).unsqueeze(2) * delta.unsqueeze(-1)).flatten(2)
        # The sum is cut to one turn after the last step alone: its rounding grows with the turns it has made.
        angles, _ = scan(torch.ones_like(turns), turns, phi.flatten(1), reset=reset)
        angles = torch.remainder(angles, 2 * math.pi).unflatten(2, phi.shape[1:])
        k = self._turned(B, self.B_norm, self.B_bias, angles)
        q = self._turned(C, self.C_norm, self.C_bias, angles)
        form = two_point_recurrent if x.shape[1] == 1 else two_point_chunked
        start, end = torch.sigmoid(-trap) * delta, torch.sigmoid(trap) * delta
        y, S = form(q, k, v, log_alpha, start, end, (S, k_before, v_before))
        y = (y + self.D.to(S.dtype)[:, None] * v).flatten(2) * F.silu(z)
        return self.out(y.to(x.dtype)), (angles[:, -1], S, k[:, -1], v[:, -1])

    def _turned(self, x: Tensor, norm: Tensor, bias: Tensor, angles: Tensor) -> Tensor:
        """x (batch, time, d_state) -> (batch, time, heads, d_state), with norm, bias and turn."""
        normed = F.rms_norm(x, norm.shape, norm.to(x.dtype), EPS)
        return rotate(normed.unsqueeze(2) + bias.to(x.dtype), angles)
