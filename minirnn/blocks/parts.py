"""The parts around a recurrence that make it a language model: norm, short convolution, gate, MLP, residual.

    x = x + mixer(RMSNorm(x))        steps of time meet here
    x = x + MLP(RMSNorm(x))          features meet here

(De et al. 2024, "Griffin", arXiv 2402.19427, section 2.) The stream x is only ever added to, so gradients
have a straight way down. Linear maps have no biases. All parts keep the layer contract of `minirnn.layers`.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, SequenceLayer, State
from minirnn.layers.shared.weights import linear
from minirnn.scan.pieces import cut


class RMSNorm(nn.Module):
    """x / sqrt(mean(x^2) + eps) * weight over the last dimension, weight (dim,) starting at 1.

    (Zhang and Sennrich 2019, arXiv 1910.07467, equation 4.) Released Griffin stores weight - 1 instead.
    groups: into so many equal parts the dimension is cut, each with a mean of its own.
    """

    def __init__(self, dim: int, eps: float = 1e-6, groups: int = 1) -> None:
        super().__init__()
        self.eps, self.groups = eps, groups
        self.weight = nn.Parameter(torch.ones(dim))

    def forward(self, x: Tensor) -> Tensor:
        """x (..., dim) -> the same shape."""
        weight = self.weight.to(x.dtype)
        if self.groups == 1:
            return F.rms_norm(x, weight.shape, weight, self.eps)
        parts = x.unflatten(-1, (self.groups, -1))
        return F.rms_norm(parts, parts.shape[-1:], eps=self.eps).flatten(-2) * weight


class CausalConv1d(Layer):
    """Each channel's weighted sum of its last inputs: y_t = bias + sum_k weight_k x_{t - (width-1) + k}.

    x (batch, time, dim) -> y of the same shape; weight (width, dim) normal with variance 1/width, bias zero.
    A reset hides the inputs before it. State: the last width - 1 inputs, (batch, width - 1, dim), with zeros
    for those that are hidden or were never there.
    """

    cuts_time = True
    half_state = True

    def __init__(self, dim: int, width: int = 4) -> None:
        super().__init__(dim, [(width - 1, dim)])
        self.width = width
        self.weight = nn.Parameter(torch.randn(width, dim) / width**0.5)
        self.bias = nn.Parameter(torch.zeros(dim))

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, dim) -> y of the same shape, and the last width - 1 inputs."""
        past, seq_len = state[0].to(x.dtype), x.shape[1]
        # A step sees an earlier one only if no document began in between.
        document = None if reset is None else F.pad(reset.cumsum(1), (self.width - 1, 0))
        after, group = None, cut()
        if group is not None:
            from minirnn.scan.halo import halo  # late: not every build of torch can be distributed

            own = _tail(torch.cat([torch.zeros_like(past), x], 1), seq_len, document)
            keep = torch.ones_like(x[:, 0, 0], dtype=torch.bool) if document is None else document[:, -1] == 0
            past, after = halo(past, own, keep, seq_len, group)
        x = torch.cat([past, x], 1)
        weight, y = self.weight.to(x.dtype), self.bias.to(x.dtype)
        for k in range(self.width):
            tap = x[:, k : k + seq_len]
            if document is not None:
                hidden = document[:, k : k + seq_len] != document[:, self.width - 1 :]
                tap = tap.masked_fill(hidden[..., None], 0)
            y = torch.addcmul(y, tap, weight[k])
        return y, (_tail(x, seq_len, document) if after is None else after,)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, dim) -> y_t (batch, dim), and the last width - 1 inputs."""
        x = torch.cat([state[0], x_t[:, None]], 1)
        return (x * self.weight).sum(1) + self.bias, (x[:, 1:],)


def _tail(x: Tensor, seq_len: int, document: Tensor | None) -> Tensor:
    """The inputs of x (batch, past + time, dim) that come after `seq_len` steps; zeros for hidden ones."""
    if document is None:
        return x[:, seq_len:]
    return x[:, seq_len:].masked_fill((document[:, seq_len:] != document[:, -1:])[..., None], 0)


class GatedMLP(nn.Module):
    """GeGLU: y = W_out (GeLU(W_gate x) * (W_up x)), x (..., d_model), W_gate and W_up (d_hidden, d_model).

    (Shazeer 2020, arXiv 2002.05202, equation 6.) W_gate and W_up are one matrix. approximate: of GeLU, as in
    torch; the default is the exact one: on a CPU the "tanh" approximation is slower.
    """

    def __init__(self, d_model: int, d_hidden: int, approximate: str = "none") -> None:
        super().__init__()
        self.approximate = approximate
        self.up = linear(d_model, 2 * d_hidden)
        self.out = linear(d_hidden, d_model)

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> the same shape."""
        gate, up = self.up(x).chunk(2, -1)
        return self.out(F.gelu(gate, approximate=self.approximate) * up)


class RecurrentBlock(Layer):
    """Griffin's mixer around any recurrence: y = W_out (GeLU(W_gate x) * core(conv(W_in x))).

    x (batch, time, d_model) -> y of the same shape; core: a layer from d_rnn to d_rnn, in Griffin an RG-LRU.
    W_gate and W_in are one matrix. approximate: as in GatedMLP. State: the convolution's, then the core's.
    """

    cuts_time = True  # if the core does
    parts = ("conv", "core")

    def __init__(
        self,
        d_model: int,
        d_rnn: int,
        core: SequenceLayer,
        conv_width: int = 4,
        approximate: str = "none",
    ) -> None:
        super().__init__(d_model)
        self.approximate = approximate
        self.into = linear(d_model, 2 * d_rnn)
        self.conv = CausalConv1d(d_rnn, conv_width)
        self.core = core
        self.out = linear(d_rnn, d_model)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the state after the last step."""
        gate, u = self.into(x).chunk(2, -1)
        u, conv_state = self.conv(u, state[:1], reset=reset)
        h, core_state = self.core(u, state[1:], reset=reset)
        return self.out(F.gelu(gate, approximate=self.approximate) * h), conv_state + core_state

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next state."""
        gate, u = self.into(x_t).chunk(2, -1)
        u, conv_state = self.conv.step(u, state[:1])
        h, core_state = self.core.step(u, state[1:])
        return self.out(F.gelu(gate, approximate=self.approximate) * h), conv_state + core_state


class ResidualBlock(Layer):
    """x (batch, time, d_model) -> x + mixer(RMSNorm(x)), then so with the MLP. The state is the mixer's.

    mlp: None for the blocks of Mamba, which do without. eps: of the norms. dropout: in training, the share of
    what mixer and MLP add that is left out at random (Srivastava et al. 2014); `step` leaves nothing out.
    """

    cuts_time = True  # if the mixer does
    parts = ("mixer",)

    def __init__(
        self,
        d_model: int,
        mixer: SequenceLayer,
        mlp: GatedMLP | None,
        eps: float = 1e-6,
        dropout: float = 0.0,
    ) -> None:
        super().__init__(d_model)
        self.norm_mixer, self.mixer = RMSNorm(d_model, eps), mixer
        self.mlp = mlp
        self.norm_mlp = None if mlp is None else RMSNorm(d_model, eps)
        self.dropout = nn.Dropout(dropout) if dropout else nn.Identity()

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, d_model) -> the same shape, and the state after the last step."""
        self.check(x, state, reset)
        return self.run(x, state, reset)  # attention is cheaper without a state than with an empty one

    def run(self, x: Tensor, state: State | None, reset: Tensor | None) -> Output:
        """As `forward`."""
        y, state = self.mixer(self.norm_mixer(x), state, reset=reset)
        x = x + self.dropout(y)
        return x if self.mlp is None else x + self.dropout(self._mlp(x)), state

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> the same shape, and the next state."""
        y, state = self.mixer.step(self.norm_mixer(x_t), state)
        x_t = x_t + y
        return x_t if self.mlp is None else x_t + self._mlp(x_t), state

    def _mlp(self, x: Tensor) -> Tensor:
        assert self.mlp is not None and self.norm_mlp is not None
        return self.mlp(self.norm_mlp(x))
