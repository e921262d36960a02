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
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.complex import as_complex, enter, read
from minirnn.layers.shared.discretize import DELTA_RANGE, discretize, log_uniform
from minirnn.layers.shared.hippo import hippo_normal
from minirnn.layers.shared.precision import state_dtype
from minirnn.scan import scan

RULES = ("zoh", "bilinear")
LARGEST = -1e-4  # no real part comes closer to 0: the state must decay


class S5(Layer):
    """x (batch, time, d_model) -> y of the same shape.

    d_state: states, counting conjugates; blocks: copies of HiPPO on the diagonal, 2 * blocks divides d_state.
    rule: one of RULES, see shared/discretize.py. Delta starts log-uniform in DELTA_RANGE, one for each state.
    State: h as real numbers (batch, d_state / 2, 2), float32 (float64 for float64 inputs), zero at the start.
    Raises ValueError where blocks do not divide d_state into pairs, and for another rule.
    """

    cuts_time = True

    def __init__(self, d_model: int, d_state: int, blocks: int = 1, rule: str = "zoh") -> None:
        super().__init__(d_model, [(d_state // 2, 2)])
        if d_state % (2 * blocks):
            raise ValueError(f"d_state is {d_state}, expected a multiple of 2 * blocks = {2 * blocks}")
        if rule not in RULES:
            raise ValueError(f"rule is {rule!r}, expected one of {', '.join(RULES)}")
        self.rule = rule
        size, dtype = d_state // blocks, torch.get_default_dtype()
        Lambda, V = hippo_normal(size)
        B = V.mH @ (torch.randn(blocks, size, d_model) / math.sqrt(d_model)).to(V.dtype)
        C = (torch.randn(d_model, blocks, size) / math.sqrt(d_state)).to(V.dtype) @ V
        self.Lambda = nn.Parameter(torch.view_as_real(Lambda.repeat(blocks)).to(dtype))
        self.B = nn.Parameter(torch.view_as_real(B.flatten(0, 1)).to(dtype))
        self.C = nn.Parameter(torch.view_as_real(C.flatten(1)).to(dtype))
        self.D = nn.Parameter(torch.randn(d_model))
        self.delta_log = nn.Parameter(log_uniform(d_state // 2, *DELTA_RANGE).log())

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last h."""
        Lambda_bar, B_bar = self.system()
        h, h_last = scan(Lambda_bar, self._enter(B_bar, x), as_complex(state[0]), reset=reset)
        return self._read(h, x), (torch.view_as_real(h_last),)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next h."""
        Lambda_bar, B_bar = self.system()
        h = Lambda_bar * as_complex(state[0]) + self._enter(B_bar, x_t)
        return self._read(h, x_t), (torch.view_as_real(h),)

    def system(self) -> tuple[Tensor, Tensor]:
        """Lambda_bar (d_state / 2,) and B_bar (d_state / 2, d_model): at least complex64."""
        dtype = state_dtype(self.D.dtype)
        re, im = self.Lambda.to(dtype).unbind(-1)
        Lambda = torch.complex(re.clamp(max=LARGEST), im)
        Lambda_bar, factor = discretize(Lambda, torch.exp(self.delta_log.to(dtype)), self.rule)
        return Lambda_bar, factor.unsqueeze(-1) * as_complex(self.B.to(dtype))

    def _enter(self, B_bar: Tensor, x: Tensor) -> Tensor:
        """B_bar x, complex (..., d_state / 2)."""
        return enter(torch.view_as_real(B_bar).transpose(1, 2), x)

    def _read(self, h: Tensor, x: Tensor) -> Tensor:
        """2 Re(C h) + D x."""
        return torch.addcmul(read(2 * self.C, h, x.dtype), self.D.to(x.dtype), x)
