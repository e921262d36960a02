"""minGRU and minLSTM: the gates forget the past, and a GRU becomes a scan.

    minGRU    z_t = sigmoid(W_z x_t)                     h_t = (1 - z_t) h_{t-1} + z_t v_t
    minLSTM   f_t = sigmoid(W_f x_t), i_t = sigmoid(W_i x_t)
              h_t = f_t / (f_t + i_t) h_{t-1} + i_t / (f_t + i_t) v_t

Shapes: x_t (d_in,), all others (d_hidden,); the matrices (d_hidden, d_in).

(Feng et al. 2024, "Were RNNs All We Needed?", arXiv 2410.01201, sections 3.1 and 3.2.) The candidate is
v_t = W_h x_t, with no tanh. In both the two weights are positive and add up to 1, so h_t is a moving average
of the first state and the candidates: it never leaves their range, so it cannot explode.

The positive form has v_t = g(W_h x_t), g(u) = u + 1/2 for u >= 0 and sigmoid(u) below. Then everything is
positive, and the paper computes it by logarithms (its appendix B). A scan of plain numbers gives the same h
and is more accurate, so both forms use it here, and the state is h itself.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.weights import linear
from minirnn.scan import scan


class MinGRU(Layer):
    """x (batch, time, d_in) -> h (batch, time, d_hidden).

    positive: the candidate goes through g. W_z and W_h are one matrix, in this order.
    State: h (batch, d_hidden), float32 (float64 for float64 inputs), zero at the start.
    """

    cuts_time = True
    maps = 2  # of the input: the gates' and the candidate's

    def __init__(self, d_in: int, d_hidden: int, positive: bool = False) -> None:
        super().__init__(d_in, [(d_hidden,)])
        self.d_hidden, self.positive = d_hidden, positive
        self.into = linear(d_in, self.maps * d_hidden)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_in) -> h (batch, time, d_hidden), and the last h."""
        a, b = self._coefficients(x, state[0].dtype)
        h, h_last = scan(a, b, state[0], reset=reset)
        return h.to(x.dtype), (h_last,)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> h_t (batch, d_hidden), which is the next state."""
        a, b = self._coefficients(x_t, state[0].dtype)
        h = torch.addcmul(b, a, state[0])
        return h.to(x_t.dtype), (h,)

    def _coefficients(self, x: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        """What is kept of the state, and what is added to it."""
        gate, v = self.into(x).to(dtype).chunk(2, -1)
        return _blend(gate, v, self.positive)


class MinLSTM(MinGRU):
    """x (batch, time, d_in) -> h (batch, time, d_hidden); as MinGRU with W_f, W_i and W_h in one matrix."""

    maps = 3

    def _coefficients(self, x: Tensor, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
        forget, let_in, v = self.into(x).to(dtype).chunk(3, -1)
        # i / (f + i) = sigmoid(log i - log f); dividing would give 0 / 0 where both gates are shut.
        return _blend(F.logsigmoid(let_in) - F.logsigmoid(forget), v, self.positive)


def _blend(gate: Tensor, v: Tensor, positive: bool) -> tuple[Tensor, Tensor]:
    """1 - z and z v for z = sigmoid(gate); the first as sigmoid(-gate), which keeps its digits near 0."""
    if positive:
        v = torch.where(v >= 0, v + 0.5, torch.sigmoid(v))
    return torch.sigmoid(-gate), torch.sigmoid(gate) * v
