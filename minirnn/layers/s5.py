"""S5: one state space for all channels together, run as a scan.

    h'(s) = Lambda h(s) + B x(s),   y(s) = 2 Re(C h(s)) + D x(s)
    h_t = Lambda_bar h_{t-1} + B_bar x_t,   y_t = 2 Re(C h_t) + D x_t      sampled, with a step size per state

Shapes, with n = d_state / 2: x, y and D (d_model,), h and Lambda (n,), B (n, d_model), C (d_model, n).

(Smith, Warrington and Linderman 2023, arXiv 2208.04933, sections 3 and 4.) Where S4D has a small filter for
each channel, S5 has d_state states that read every channel and are read by every channel: B and C do the
mixing. Lambda starts at the eigenvalues of HiPPO's normal part, in `blocks` copies of a small one along the
diagonal, and B and C start in its eigenbasis: B = V^* B_0 and C = C_0 V. Eigenvalues come in conjugate pairs
of which one is kept, hence the factor 2. The sampled layer is an LRU in all but its parameters.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.common import (
    Device,
    DType,
    Group,
    Output,
    State,
    as_complex,
    check_sequence,
    check_state,
    check_step,
    state_dtype,
)
from minirnn.layers.discretize import discretize
from minirnn.layers.s4d import hippo_normal
from minirnn.layers.s6 import DELTA_RANGE, log_uniform
from minirnn.scan import scan

RULES = ("zoh", "bilinear")
LARGEST = -1e-4  # no real part comes closer to 0: the state must decay


class S5(nn.Module):
    """x (batch, time, d_model) -> y of the same shape.

    d_state: states, counting conjugates; blocks: copies of HiPPO on the diagonal, 2 * blocks divides d_state.
    rule: one of RULES, see discretize.py. Delta starts log-uniform in DELTA_RANGE, one for each state.
    State: h as real numbers (batch, d_state / 2, 2), float32 (float64 for float64 inputs), zero at the start.
    Raises ValueError where blocks do not divide d_state into pairs, and for another rule.
    """

    def __init__(self, d_model: int, d_state: int, blocks: int = 1, rule: str = "zoh") -> None:
        super().__init__()
        if d_state % (2 * blocks):
            raise ValueError(f"d_state is {d_state}, expected a multiple of 2 * blocks = {2 * blocks}")
        if rule not in RULES:
            raise ValueError(f"rule is {rule!r}, expected one of {', '.join(RULES)}")
        self.d_model, self.modes, self.rule = d_model, d_state // 2, rule
        size, dtype = d_state // blocks, torch.get_default_dtype()
        Lambda, V = hippo_normal(size)
        B = V.mH @ (torch.randn(blocks, size, d_model) / math.sqrt(d_model)).to(V.dtype)
        C = (torch.randn(d_model, blocks, size) / math.sqrt(d_state)).to(V.dtype) @ V
        self.Lambda = nn.Parameter(torch.view_as_real(Lambda.repeat(blocks)).to(dtype))
        self.B = nn.Parameter(torch.view_as_real(B.flatten(0, 1)).to(dtype))
        self.C = nn.Parameter(torch.view_as_real(C.flatten(1)).to(dtype))
        self.D = nn.Parameter(torch.randn(d_model))
        self.delta_log = nn.Parameter(log_uniform(self.modes, *DELTA_RANGE).log())

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0."""
        dtype = state_dtype(dtype or self.D.dtype)
        return (torch.zeros(batch, self.modes, 2, device=device or self.D.device, dtype=dtype),)

    def forward(
        self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None, group: Group = None
    ) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the state after the last step."""
        check_sequence(x, self.d_model, self.D, reset)
        state = self.initial_state(x.shape[0], x.device, x.dtype) if state is None else state
        check_state(state, (x.shape[0], self.modes, 2))
        a, b = self._coefficients(x)
        h, h_last = scan(a, b, as_complex(state[0]), reset=reset, group=group)
        return self._read(h, x), (torch.view_as_real(h_last),)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model) and the next state."""
        check_step(x_t, self.d_model, self.D)
        check_state(state, (x_t.shape[0], self.modes, 2))
        a, b = self._coefficients(x_t)
        h = a * as_complex(state[0]) + b
        return self._read(h, x_t), (torch.view_as_real(h),)

    def system(self) -> tuple[Tensor, Tensor]:
        """Lambda_bar (modes,) and B_bar (modes, d_model): complex64, or complex128 for float64 weights."""
        dtype = state_dtype(self.D.dtype)
        re, im = self.Lambda.to(dtype).unbind(-1)
        Lambda = torch.complex(re.clamp(max=LARGEST), im)
        Lambda_bar, factor = discretize(Lambda, torch.exp(self.delta_log.to(dtype)), self.rule)
        return Lambda_bar, factor.unsqueeze(-1) * as_complex(self.B.to(dtype))

    def _coefficients(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Lambda_bar (modes,) and B_bar x (..., modes), complex."""
        Lambda_bar, B_bar = self.system()
        # Real and imaginary parts side by side: one real product, read as complex numbers without a copy.
        weight = torch.view_as_real(B_bar).transpose(1, 2).flatten(0, 1)
        b = F.linear(x, weight.to(x.dtype)).to(state_dtype(x.dtype))
        return Lambda_bar, torch.view_as_complex(b.unflatten(-1, (self.modes, 2)))

    def _read(self, h: Tensor, x: Tensor) -> Tensor:
        """2 Re(C h) + D x: the real part of a product is a real product with [Re C, -Im C]."""
        C = 2 * torch.stack([self.C[..., 0], -self.C[..., 1]], -1).flatten(1)
        y = F.linear(torch.view_as_real(h).flatten(-2).to(x.dtype), C.to(x.dtype))
        return torch.addcmul(y, self.D.to(x.dtype), x)
