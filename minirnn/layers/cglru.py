"""CG-LRU: the RG-LRU with a complex state, which can also turn.

    h_t = a_t h_{t-1} + sqrt(1 - |a_t|^2) (i_t x_t),    a_t = |a_t| exp(i r_t theta)

with r_t, i_t and |a_t| as in rglru.py. (De et al. 2024, "Griffin", arXiv 2402.19427, appendix B.) Shapes:
(d_rnn / 2,). The first half of the channels are real parts, of x, y and the state alike, the second half the
imaginary parts of the same numbers; each of these pairs has one r_t and one i_t.

a_t turns by r_t theta, as in the released code, where a power c r_t, as in the paper, would turn by
c r_t theta: theta can make up for a constant.
"""

import math

import torch
from torch import Tensor, nn

from minirnn.layers.contract import Layer
from minirnn.layers.rglru import RGLRU, coefficients
from minirnn.scan import scan


class CGLRU(RGLRU):
    """The complex-gated linear recurrent unit: x (batch, time, d_rnn) -> y of the same shape.

    n_blocks divides d_rnn / 2. theta starts uniform in [0, pi/10]. All else is as in RGLRU.
    """

    channels = 2

    def __init__(self, d_rnn: int, n_blocks: int = 1, c: float = 8.0, init: str = "code") -> None:
        super().__init__(d_rnn, n_blocks, c, init)
        self.theta = nn.Parameter(torch.rand(d_rnn // 2) * math.pi / 10)

    advance = Layer.advance  # a sequence of one step

    def _recur(self, x: Tensor, first: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        gates = self._gates(x, h.dtype)
        # The coefficients for an input of 1 are |a_t| and sqrt(1 - |a_t|^2) i_t.
        size, gain = coefficients(gates, torch.ones_like(gates[0]), self._rate(h.dtype), first)
        a = torch.polar(size, gates[0] * self.theta.to(h.dtype))
        real, imaginary = (gain * part for part in x.to(h.dtype).chunk(2, -1))
        states = scan(a, torch.complex(real, imaginary), torch.complex(*h.chunk(2, -1)))
        all_states, last = (torch.cat([z.real, z.imag], -1) for z in states)
        return all_states, last
