"""The Mamba and the Mamba-2 block: what stands around a selective state space.

    Mamba      x, z = W_in u;    y = W_out (S6(SiLU(conv(x))) * SiLU(z))
    Mamba-2    x, B, C, z, dt = W_in u;    x, B, C = SiLU(conv(x, B, C));
               y = W_out RMSNorm(SSD(x, B, C, dt) * SiLU(z))

(Gu and Dao 2023, arXiv 2312.00752, section 3.4; Dao and Gu 2024, arXiv 2405.21060, section 7.1.) Both widen
the stream by `expand`, mix time twice, by a short convolution and by the state, and gate the result. There is
no other MLP in their models. Mamba-2 makes everything at once from the block's input, so the projections run
side by side.
"""

import torch.nn.functional as F
from torch import Tensor

from minirnn.blocks import CausalConv1d, RMSNorm
from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.s6 import S6
from minirnn.layers.shared.weights import linear
from minirnn.layers.ssd import SSDHeads


class MambaBlock(Layer):
    """x (batch, time, d_model) -> y of the same shape. State: the convolution's, then that of S6.

    d_state: of S6. expand: inner width in units of d_model. conv_width: taps of the convolution. dt_rank: of
    S6, d_model / 16 rounded up by default.
    """

    cuts_time = True
    parts = ("conv", "s6")

    def __init__(
        self,
        d_model: int,
        d_state: int = 16,
        expand: int = 2,
        conv_width: int = 4,
        dt_rank: int | None = None,
    ) -> None:
        super().__init__(d_model)
        d_inner = expand * d_model
        self.into = linear(d_model, 2 * d_inner)
        self.conv = CausalConv1d(d_inner, conv_width)
        self.s6 = S6(d_inner, d_state, -(-d_model // 16) if dt_rank is None else dt_rank)
        self.out = linear(d_inner, d_model)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the state after the last step."""
        u, z = self.into(x).chunk(2, -1)
        u, conv_state = self.conv(u, state[:1], reset=reset)
        y, s6_state = self.s6(F.silu(u), state[1:], reset=reset)
        return self.out(y * F.silu(z)), conv_state + s6_state

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next state."""
        u, z = self.into(x_t).chunk(2, -1)
        u, conv_state = self.conv.step(u, state[:1])
        y, s6_state = self.s6.step(F.silu(u), state[1:])
        return self.out(y * F.silu(z)), conv_state + s6_state


class Mamba2Block(Layer):
    """x (batch, time, d_model) -> y of the same shape. State: the convolution's, then that of SSD.

    d_state, head_dim: of SSD. expand, conv_width: as in MambaBlock. n_groups: so many groups of heads have
    each their own B, C and norm. eps: of that norm.
    """

    parts = ("conv", "heads")

    def __init__(
        self,
        d_model: int,
        d_state: int = 64,
        head_dim: int = 64,
        expand: int = 2,
        conv_width: int = 4,
        n_groups: int = 1,
        eps: float = 1e-6,
    ) -> None:
        super().__init__(d_model)
        d_inner = expand * d_model
        if d_inner % head_dim:
            raise ValueError(f"head_dim is {head_dim}, expected a divisor of {d_inner} = expand * d_model")
        n_heads, d_made = d_inner // head_dim, n_groups * d_state
        self.sizes, self.conv_sizes = [d_inner, d_inner + 2 * d_made, n_heads], [d_inner, d_made, d_made]
        self.into = linear(d_model, sum(self.sizes))
        self.conv = CausalConv1d(d_inner + 2 * d_made, conv_width)
        self.heads = SSDHeads(n_heads, head_dim, d_state, n_groups)
        self.norm = RMSNorm(d_inner, eps, n_groups)
        self.out = linear(d_inner, d_model)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the state after the last step."""
        z, mixed, dt = self.into(x).split(self.sizes, -1)
        mixed, conv_state = self.conv(mixed, state[:1], reset=reset)
        u, B, C = F.silu(mixed).split(self.conv_sizes, -1)
        y, heads_state = self.heads(u, B, C, dt, state[1:], reset)
        return self.out(self.norm(y * F.silu(z))), conv_state + heads_state
