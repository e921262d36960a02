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
  to decay: a_t is 0, the root is 1 and i_t x_t enters whole, as in the released code. So packed documents are
  separate.
- The square root. Its derivative, infinite where a_t is 1, is bounded at 1000, as in the released code.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Device, DType, Layer, Output, State
from minirnn.layers.shared.by_hand import RGLRUGradient, bounded_sqrt, by_hand
from minirnn.scan import scan
from minirnn.scan.pieces import has_the_beginning

RADIUS = (0.9, 0.999)  # of a^c or of a at the start


@by_hand(RGLRUGradient)
def coefficients(gates: Tensor, x: Tensor, rate: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:
    """a_t and b_t, each (..., d): what is left of the state, and what is added to it.

    gates (2, ..., d): r and i; x (..., d); rate (d,): c softplus(-Lambda); first (...) bool: a is 0 there.
    """
    log_a = -rate * gates[0]
    if first is not None:
        log_a = log_a.masked_fill(first.unsqueeze(-1), -math.inf)
    return torch.exp(log_a), gates[1] * x * bounded_sqrt(-torch.expm1(2 * log_a))


class RGLRU(Layer):
    """The real-gated linear recurrent unit: x (batch, time, d_rnn) -> y (batch, time, d_rnn).

    d_rnn: width. n_blocks: W_a and W_x are block-diagonal with this many blocks; it divides d_rnn.
    c: the power's constant. init: "code" or "paper", see the module's text. Weights are LeCun normal, biases
    zero. State: h (batch, d_rnn), float32 (float64 for float64 inputs), and fresh (batch,) bool, True before
    a row's first step.
    """

    cuts_time = True
    channels = 1  # for each state; the complex form, cglru.py, has two

    def __init__(self, d_rnn: int, n_blocks: int = 1, c: float = 8.0, init: str = "code") -> None:
        super().__init__(d_rnn, [(d_rnn,), ()])
        if d_rnn % (n_blocks * self.channels):
            states = "d_rnn" if self.channels == 1 else f"d_rnn / {self.channels}"
            raise ValueError(f"n_blocks is {n_blocks}, expected a divisor of {states}, d_rnn = {d_rnn}")
        self.d_rnn, self.n_blocks, self.c = d_rnn, n_blocks, c
        width, gates = d_rnn // n_blocks, d_rnn // n_blocks // self.channels
        # For each block, W_a beside W_x: one batched product makes both gates.
        self.gate_weight = nn.Parameter(torch.randn(n_blocks, width, 2 * gates) / math.sqrt(width))
        self.gate_bias = nn.Parameter(torch.zeros(n_blocks, 1, 2 * gates))
        self.Lambda = nn.Parameter(initial_lambda(d_rnn // self.channels, c, init))

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0, and fresh = True for every row."""
        h, _ = super().initial_state(batch, device, dtype)
        return h, torch.ones(batch, dtype=torch.bool, device=h.device)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_rnn) -> y of the same shape and dtype, and the state after the last step."""
        h, fresh = state
        first = x.new_zeros(x.shape[:2], dtype=torch.bool) if reset is None else reset
        if has_the_beginning():
            first = torch.cat([first[:, :1] | fresh[:, None], first[:, 1:]], 1)
        h, h_last = self._recur(x, first, h)
        return h.to(x.dtype), (h_last, torch.zeros_like(fresh))

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_rnn) -> y_t (batch, d_rnn), and the next state."""
        h, fresh = state
        a, b = self._coefficients(x_t, fresh, h.dtype)
        h = torch.addcmul(b, a, h)
        return h.to(x_t.dtype), (h, torch.zeros_like(fresh))

    def _recur(self, x: Tensor, first: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        a, b = self._coefficients(x, first, h.dtype)
        return scan(a, b, h)

    def _coefficients(self, x: Tensor, first: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        return coefficients(self._gates(x, dtype), x.to(dtype), self._rate(dtype), first)

    def _rate(self, dtype: torch.dtype) -> Tensor:
        return self.c * F.softplus(-self.Lambda.to(dtype))

    def _gates(self, x: Tensor, dtype: torch.dtype) -> Tensor:
        """r and i, (2, ..., states)."""
        blocks = x.reshape(-1, self.n_blocks, self.d_rnn // self.n_blocks).transpose(0, 1)
        gates = torch.baddbmm(self.gate_bias.to(x.dtype), blocks, self.gate_weight.to(x.dtype))
        gates = gates.unflatten(-1, (2, -1)).permute(2, 1, 0, 3).flatten(2)
        return torch.sigmoid(gates.unflatten(1, x.shape[:-1]).to(dtype))


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
