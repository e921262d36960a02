"""S6, the selective state space: step size, input and output weights all listen to the input.

    delta_t = softplus(W_delta x_t + b_delta)     how long this step lasts, for each channel
    B_t = W_B x_t,   C_t = W_C x_t                what to write and what to read, for each state
    h_t = exp(delta_t A) h_{t-1} + delta_t B_t x_t,      y_t = C_t . h_t + D x_t

(Gu and Dao 2023, "Mamba", arXiv 2312.00752, section 3.2 and algorithm 2.) Each of the d_inner channels has
d_state real states, so h is (d_state, d_inner). All channels share B_t and C_t. A is negative, -1 .. -d_state
in each channel at the start. A step with delta near 0 passes a symbol by and leaves the state alone; a large
one forgets the past and takes the symbol in.

The paper writes zero-order hold for A and for B. The released code, which all published models use, takes
zero-order hold for A and Euler's rule, delta_t B_t, for B. So does this file.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.by_hand import S6Gradient, by_hand
from minirnn.layers.shared.discretize import DELTA_RANGE, inverse_softplus, log_uniform
from minirnn.layers.shared.weights import linear
from minirnn.scan import scan


@by_hand(S6Gradient)
def coefficients(
    delta: Tensor, x: Tensor, A: Tensor, B: Tensor, first: Tensor | None
) -> tuple[Tensor, Tensor]:
    """a = exp(delta A) and b = delta x B for each state and channel, (..., n d).

    delta, x (..., d); A (n, d); B (..., n); first (...) bool: where a is 0. Channels come last: long rows are
    read faster than short ones.
    """
    a = torch.exp(delta.unsqueeze(-2) * A)
    if first is not None:
        a = a.masked_fill(first[..., None, None], 0)
    b = (delta * x).unsqueeze(-2) * B.unsqueeze(-1)
    return a.flatten(-2), b.flatten(-2)


class S6(Layer):
    """x (batch, time, d_inner) -> y of the same shape.

    d_state: states of each channel. dt_rank: W_delta is a product of two maps with this width between them,
    d_inner / 16 rounded up by default. Its second map starts uniform in +-dt_rank^-1/2, b_delta so that
    softplus(b_delta) is log-uniform in DELTA_RANGE, and D at 1. A = -exp(A_log). State: h (batch, d_state,
    d_inner), float32 (float64 for float64 inputs), zero at the start.
    """

    cuts_time = True

    def __init__(self, d_inner: int, d_state: int = 16, dt_rank: int | None = None) -> None:
        super().__init__(d_inner, [(d_state, d_inner)])
        self.d_state = d_state
        self.dt_rank = math.ceil(d_inner / 16) if dt_rank is None else dt_rank
        self.x_proj = linear(d_inner, self.dt_rank + 2 * d_state)
        self.dt_proj = nn.Linear(self.dt_rank, d_inner)
        nn.init.uniform_(self.dt_proj.weight, -(self.dt_rank**-0.5), self.dt_rank**-0.5)
        with torch.no_grad():
            self.dt_proj.bias.copy_(inverse_softplus(log_uniform(d_inner, *DELTA_RANGE)))
        self.A_log = nn.Parameter(torch.arange(1.0, d_state + 1).log().unsqueeze(1).repeat(1, d_inner))
        self.D = nn.Parameter(torch.ones(d_inner))

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_inner) -> y of the same shape, and the last h."""
        (h,) = state
        delta, B, C, A = self._select(x, h.dtype)
        a, b = coefficients(delta, x.to(h.dtype), A, B, reset)
        states, last = scan(a, b, h.flatten(1))
        return self._read(C, states.unflatten(-1, A.shape), x), (last.unflatten(-1, A.shape),)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_inner) -> y_t (batch, d_inner), and the next h."""
        (h,) = state
        delta, B, C, A = self._select(x_t, h.dtype)
        u = delta * x_t.to(h.dtype)
        h = torch.exp(delta.unsqueeze(-2) * A) * h + u.unsqueeze(-2) * B.unsqueeze(-1)
        return self._read(C, h, x_t), (h,)

    def _select(self, x: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """delta (..., d_inner), B and C (..., d_state), and A (d_state, d_inner), in the state's dtype."""
        low, B, C = self.x_proj(x).split([self.dt_rank, self.d_state, self.d_state], -1)
        delta = F.softplus(self.dt_proj(low).to(dtype))
        return delta, B.to(dtype), C.to(dtype), -torch.exp(self.A_log.to(dtype))

    def _read(self, C: Tensor, h: Tensor, x: Tensor) -> Tensor:
        """C . h + D x, for C (..., d_state), h (..., d_state, d_inner) and x (..., d_inner)."""
        y = (C.unsqueeze(-2) @ h).squeeze(-2).to(x.dtype)
        return torch.addcmul(y, self.D.to(x.dtype), x)
