"""RG-LRU: a diagonal linear recurrence whose decay listens to its input.

    r_t = sigmoid(W_a x_t + b_a)              how far to move the decay (the recurrence gate)
    i_t = sigmoid(W_x x_t + b_x)              how much of the input to let in (the input gate)
    a_t = a^(c r_t),  a = sigmoid(Lambda)     so log a_t = -c r_t softplus(-Lambda),  c = 8
    h_t = a_t h_{t-1} + sqrt(1 - a_t^2) (i_t x_t)

Shapes: x_t and all others (d_rnn,), W_a and W_x (d_rnn, d_rnn), in blocks along the diagonal.
(De et al. 2024, "Griffin", arXiv 2402.19427, section 2.4, equations 1 to 4.) The gates read x_t alone, never
h_{t-1}, so the recurrence is linear in h and runs as a scan.

Choices where the paper and its released code differ, or leave room:
- Sign. A larger Lambda is a longer memory. The released code stores -Lambda, and the paper's equation 6
  prints softplus(Lambda), which does not agree with its own a = sigmoid(Lambda).
- Initialisation. `init="paper"`: a^c is uniform in [0.9, 0.999], so at r = 1/2 memories last 20 to 2000
  steps. `init="code"`: a itself is in [0.9, 0.999], uniform in a^2, so at r = 1/2 they last 3 to 250 steps.
  The default is "code": a character model that reads a few hundred steps at a time needs short ones too.
- The first step of a document, after a reset or with a fresh state, which carries a flag. Nothing is there
  to decay: a_t is 0 and the input enters whole, as in the released code. So packed documents are separate.
- Complex numbers. `CGLRU` is the paper's appendix B, but turns by r_t theta, as in the released code, where
  a power c r_t would turn by c r_t theta: theta can make up for a constant.
- The square root. Its derivative, infinite where a_t is 1, is bounded at 1000, as in the released code.
"""

import math

import torch
from torch import Tensor, nn

from minirnn.layers.common import (
    Device,
    DType,
    Group,
    Output,
    State,
    check_sequence,
    check_state,
    check_step,
    leads,
    state_dtype,
)
from minirnn.layers.rglru_gates import coefficients
from minirnn.scan import scan

RADIUS = (0.9, 0.999)


class RGLRU(nn.Module):
    """The real-gated linear recurrent unit: x (batch, time, d_rnn) -> y (batch, time, d_rnn).

    d_rnn: width. n_blocks: W_a and W_x are block-diagonal with this many blocks; it divides d_rnn.
    c: the power's constant. init: "code" or "paper", see the module's text.
    State: h (batch, d_rnn), float32 (float64 for float64 inputs), and fresh (batch,) bool, True before a
    row's first step. Weights are LeCun normal (variance 1/fan-in), biases zero.
    """

    channels = 1  # for each state; CGLRU has two

    def __init__(self, d_rnn: int, n_blocks: int = 1, c: float = 8.0, init: str = "code") -> None:
        super().__init__()
        if d_rnn % (n_blocks * self.channels):
            states = f"d_rnn = {d_rnn}" if self.channels == 1 else f"d_rnn / {self.channels}, d_rnn = {d_rnn}"
            raise ValueError(f"n_blocks is {n_blocks}, expected a divisor of {states}")
        self.d_rnn, self.n_blocks, self.c = d_rnn, n_blocks, c
        width, gates = d_rnn // n_blocks, d_rnn // n_blocks // self.channels
        # For each block, W_a beside W_x: one batched product makes both gates.
        self.gate_weight = nn.Parameter(torch.randn(n_blocks, width, 2 * gates) / math.sqrt(width))
        self.gate_bias = nn.Parameter(torch.zeros(n_blocks, 1, 2 * gates))
        self.Lambda = nn.Parameter(initial_lambda(d_rnn // self.channels, c, init))

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0 and fresh = True for every row. `dtype` is that of the inputs."""
        device = device or self.Lambda.device
        h = torch.zeros(batch, self.d_rnn, device=device, dtype=state_dtype(dtype or self.Lambda.dtype))
        return h, torch.ones(batch, dtype=torch.bool, device=device)

    def forward(
        self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None, group: Group = None
    ) -> Output:
        """x (batch, time, d_rnn) -> y of the same shape and dtype, and the state after the last step."""
        check_sequence(x, self.d_rnn, self.Lambda, reset)
        state = self.initial_state(x.shape[0], x.device, x.dtype) if state is None else state
        check_state(state, (x.shape[0], self.d_rnn), (x.shape[0],))
        h, fresh = state
        first = x.new_zeros(x.shape[:2], dtype=torch.bool) if reset is None else reset
        if leads(group):
            first = torch.cat([first[:, :1] | fresh[:, None], first[:, 1:]], 1)
        h, h_last = self._recur(x, first, h, group)
        return h.to(x.dtype), (h_last, torch.zeros_like(fresh))

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_rnn) -> y_t (batch, d_rnn) and the next state."""
        check_step(x_t, self.d_rnn, self.Lambda)
        check_state(state, (x_t.shape[0], self.d_rnn), (x_t.shape[0],))
        h, fresh = state
        a, b = self._coefficients(x_t, fresh, h.dtype)
        h = torch.addcmul(b, a, h)
        return h.to(x_t.dtype), (h, torch.zeros_like(fresh))

    def _recur(self, x: Tensor, first: Tensor, h: Tensor, group: Group) -> tuple[Tensor, Tensor]:
        return scan(*self._coefficients(x, first, h.dtype), h, group=group)

    def _coefficients(self, x: Tensor, first: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        return coefficients(torch.sigmoid(self._gates(x, dtype)), x.to(dtype), self._rate(dtype), first)

    def _rate(self, dtype: torch.dtype) -> Tensor:
        return self.c * nn.functional.softplus(-self.Lambda.to(dtype))

    def _gates(self, x: Tensor, dtype: torch.dtype) -> Tensor:
        """W_a x + b_a and W_x x + b_x, before their sigmoid: (2, ..., states)."""
        blocks = x.reshape(-1, self.n_blocks, self.d_rnn // self.n_blocks).transpose(0, 1)
        gates = torch.baddbmm(self.gate_bias.to(x.dtype), blocks, self.gate_weight.to(x.dtype))
        gates = gates.unflatten(-1, (2, -1)).permute(2, 1, 0, 3).flatten(2)
        return gates.unflatten(1, x.shape[:-1]).to(dtype)


class CGLRU(RGLRU):
    """The complex-gated linear recurrent unit: x (batch, time, d_rnn) -> y of the same shape.

        h_t = a_t h_{t-1} + sqrt(1 - |a_t|^2) (i_t x_t),    a_t = |a_t| exp(i r_t theta)

    with |a_t| as before. The first half of the channels are real parts, of x, y and the state alike, the
    second half the imaginary parts of the same numbers; each of the d_rnn / 2 pairs has one r_t and one i_t.
    n_blocks divides d_rnn / 2. theta starts uniform in [0, pi/10]. All else is as in RGLRU.
    """

    channels = 2

    def __init__(self, d_rnn: int, n_blocks: int = 1, c: float = 8.0, init: str = "code") -> None:
        super().__init__(d_rnn, n_blocks, c, init)
        self.theta = nn.Parameter(torch.rand(d_rnn // 2) * math.pi / 10)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_rnn) -> y_t (batch, d_rnn) and the next state."""
        check_step(x_t, self.d_rnn, self.Lambda)
        y, state = self(x_t.unsqueeze(1), state)
        return y[:, 0], state

    def _recur(self, x: Tensor, first: Tensor, h: Tensor, group: Group) -> tuple[Tensor, Tensor]:
        gates = torch.sigmoid(self._gates(x, h.dtype))
        # The coefficients for an input of 1 are |a_t| and sqrt(1 - |a_t|^2) i_t.
        size, gain = coefficients(gates, torch.ones_like(gates[0]), self._rate(h.dtype), first)
        a = torch.polar(size, gates[0] * self.theta.to(h.dtype))
        real, imaginary = (gain * part for part in x.to(h.dtype).chunk(2, -1))
        states = scan(a, torch.complex(real, imaginary), torch.complex(*h.chunk(2, -1)), group=group)
        all_states, last = (torch.cat([z.real, z.imag], -1) for z in states)
        return all_states, last


def initial_lambda(d_rnn: int, c: float, init: str) -> Tensor:
    """Lambda (d_rnn,) so that sigmoid(Lambda) starts as the module's text says for `init`."""
    low, high = RADIUS
    u = torch.rand(d_rnn, dtype=torch.float64)
    if init == "paper":
        log_a = torch.log(low + (high - low) * u) / c
    elif init == "code":
        log_a = torch.log(low**2 + (high**2 - low**2) * u) / 2
    else:
        raise ValueError(f'init is {init!r}, expected "paper" or "code"')
    return (log_a - torch.log(-torch.expm1(log_a))).to(torch.get_default_dtype())
