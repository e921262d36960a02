"""The language model of released checkpoints: an embedding, blocks, a norm and a head, with their constants.

    x_0 = scale E[token],   x_l = block_l(x_{l-1}),   logits = cap(W RMSNorm(x_L)),   cap(z) = c tanh(z / c)

Our own `minirnn.lm.LanguageModel` scales by sqrt(d_model), has no cap and starts from weights of its choice;
here the sizes and constants are whatever the authors of a checkpoint took.
"""

from collections.abc import Callable, Sequence
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.blocks import ResidualBlock, RMSNorm
from minirnn.errors import UsageError
from minirnn.layers.common import Device, DType, Output, State

# Our parameter's name -> the name or names of the tensors it is made from, and how (None: as it is).
Names = dict[str, tuple[str | tuple[str, ...], Callable[..., Tensor] | None]]


class Stack(nn.Module):
    """tokens (batch, time) int64 -> logits (batch, time, vocab_size). The state is all blocks', in order.

    scale: of the embedding. soft_cap: the largest logit, None for no limit. tied: the head is the embedding.
    eps: of the last norm. Weights start as torch likes: they are to be loaded.
    """

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        blocks: Sequence[ResidualBlock],
        *,
        eps: float,
        tied: bool,
        scale: float = 1.0,
        soft_cap: float | None = None,
    ) -> None:
        super().__init__()
        self.scale, self.soft_cap = scale, soft_cap
        self.embedding = nn.Embedding(vocab_size, d_model)
        self.blocks = nn.ModuleList(blocks)
        self.norm = RMSNorm(d_model, eps)
        self.head = None if tied else nn.Linear(d_model, vocab_size, bias=False)
        self._layers = list(blocks)

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """The state before the first token, a flat tuple; `dtype` is that of the activations."""
        return tuple(s for block in self._layers for s in block.initial_state(batch, device, dtype))

    def forward(self, tokens: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """tokens, reset (batch, time) -> logits (batch, time, vocab_size), and the state after the last."""
        x = self._embed("tokens", tokens, 2)
        after: State = ()
        for block, before in zip(self._layers, self._split(state), strict=True):
            x, block_state = block(x, before, reset=reset)
            after += block_state
        return self._logits(x), after

    def step(self, token: Tensor, state: State) -> Output:
        """token (batch,) -> logits (batch, vocab_size) and the next state."""
        x = self._embed("token", token, 1)
        after: State = ()
        for block, before in zip(self._layers, self._split(state), strict=True):
            x, block_state = block.step(x, before or ())
            after += block_state
        return self._logits(x), after

    def _embed(self, name: str, tokens: Tensor, ndim: int) -> Tensor:
        if tokens.ndim != ndim or tokens.numel() == 0:
            shape = "(batch, time)" if ndim == 2 else "(batch,)"
            raise ValueError(f"{name} has shape {tuple(tokens.shape)}, expected {shape} with nothing empty")
        if tokens.dtype != torch.int64:
            raise ValueError(f"{name} has dtype {tokens.dtype}, expected torch.int64")
        return F.embedding(tokens, self.embedding.weight) * self.scale

    def _logits(self, x: Tensor) -> Tensor:
        logits = F.linear(self.norm(x), (self.embedding if self.head is None else self.head).weight)
        return logits if self.soft_cap is None else self.soft_cap * torch.tanh(logits / self.soft_cap)

    def _split(self, state: State | None) -> list[State | None]:
        if state is None:
            return [None] * len(self._layers)
        sizes = [len(block.initial_state(0)) for block in self._layers]
        if len(state) != sum(sizes):
            raise ValueError(f"state holds {len(state)} tensors, expected {sum(sizes)}")
        rest = iter(state)
        return [tuple(next(rest) for _ in range(size)) for size in sizes]


def expect(config: dict[str, Any], **values: Any) -> None:
    """Raise UsageError unless each of these keys of config.json is missing or has this one value."""
    for name, value in values.items():
        if name in config and config[name] != value:
            raise UsageError(
                f"config.json says {name} = {config[name]!r}, but minirnn has this model with {value!r} only."
            )
