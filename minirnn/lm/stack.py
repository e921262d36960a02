"""What every language model here is made of: an embedding, blocks, a norm and a head.

    x_0 = scale E[token],   x_l = block_l(x_{l-1}),   logits = cap(W RMSNorm(x_L)),   cap(z) = c tanh(z / c)

What runs is what `embedding`, `blocks`, `norm` and `head` hold when the model is called, and each of them is
called as a module: hooks see it, and who puts another module there has it run. A block keeps the contract of
`minirnn.layers`; one without `initial_state`, such as `nn.Identity`, has no state and is called with x alone.
"""

from collections.abc import Iterable
from itertools import accumulate
from typing import Any, cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.blocks import RMSNorm
from minirnn.layers.attention import Attention
from minirnn.layers.contract import Device, DType, Output, SequenceLayer, State, state_count
from minirnn.layers.shared.checks import check_cut


class TiedHead(nn.Module):
    """logits = E x, with the weight E (vocab_size, d_model) of `embedding` (Press and Wolf 2017, 1608.05859).

    It reads the weight where that lives and has none of its own: what copies, moves or loads the weights
    cannot part the two. A state_dict names it under both names, as torch does with a shared weight.
    """

    def __init__(self, embedding: nn.Embedding) -> None:
        super().__init__()
        self._shared = (embedding,)  # in a tuple, for torch would list a module's weights a second time

    @property
    def weight(self) -> Tensor:
        """That of the embedding."""
        return self._shared[0].weight

    def forward(self, x: Tensor) -> Tensor:
        """x (..., d_model) -> logits (..., vocab_size)."""
        return F.linear(x, self.weight)

    def _save_to_state_dict(self, destination: Any, prefix: str, keep_vars: bool) -> None:
        destination[prefix + "weight"] = self.weight if keep_vars else self.weight.detach()

    def _load_from_state_dict(self, state_dict: Any, prefix: str, *args: Any) -> None:
        state_dict.pop(prefix + "weight", None)
        super()._load_from_state_dict(state_dict, prefix, *args)


class Stack(nn.Module):
    """tokens (batch, time) int64 -> logits (batch, time, vocab_size). The state is all blocks', in order.

    scale: of the embedding. soft_cap: the largest logit, None for no limit. tied: the head is the embedding.
    eps: of the last norm. Weights start as torch likes: whoever builds the model fills them.
    """

    def __init__(
        self,
        vocab_size: int,
        d_model: int,
        blocks: Iterable[nn.Module],
        *,
        eps: float = 1e-6,
        tied: bool = False,
        scale: float = 1.0,
        soft_cap: float | None = None,
    ) -> None:
        super().__init__()
        self.scale, self.soft_cap = scale, soft_cap
        self.embedding = nn.Embedding(vocab_size, d_model)
        self.blocks = nn.ModuleList(blocks)
        self.norm = RMSNorm(d_model, eps)
        self.head = TiedHead(self.embedding) if tied else nn.Linear(d_model, vocab_size, bias=False)

    @property
    def state_grows(self) -> bool:
        """Whether the state gets longer with every token: true of global attention alone."""
        return any(isinstance(module, Attention) and module.window is None for module in self.modules())

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """The state before the first token, a flat tuple; `dtype` is that of the activations."""
        return tuple(
            s
            for block in self._layers()
            if _has_state(block)
            for s in block.initial_state(batch, device, dtype)
        )

    def forward(
        self,
        tokens: Tensor,
        state: State | None = None,
        *,
        reset: Tensor | None = None,
        only_last: bool = False,
    ) -> Output:
        """tokens, reset (batch, time) -> logits (batch, time, vocab_size), and the state after the last.

        only_last: give the logits of the last step alone, (batch, 1, vocab_size), which is all that writing
        needs; those of a long prompt and a large vocabulary would fill the memory.
        Raises ValueError where time is cut over processes and a block cannot be, see `minirnn.layers`.
        """
        check_cut(self.blocks)
        x = self._embed("tokens", tokens, 2)
        after: State = ()
        for block, before in zip(self._layers(), self._split(state), strict=True):
            if _has_state(block):
                x, block_state = block(x, before, reset=reset)
                after += block_state
            else:
                x = cast(nn.Module, block)(x)
        return self._logits(x[:, -1:] if only_last else x), after

    def step(self, token: Tensor, state: State) -> Output:
        """token (batch,) -> logits (batch, vocab_size) and the next state."""
        x = self._embed("token", token, 1)
        after: State = ()
        for block, before in zip(self._layers(), self._split(state), strict=True):
            if _has_state(block):
                x, block_state = block.step(x, before or ())
                after += block_state
            else:
                x = cast(nn.Module, block)(x)
        return self._logits(x), after

    def _layers(self) -> list[SequenceLayer]:
        return cast(list[SequenceLayer], list(self.blocks))

    def _embed(self, name: str, tokens: Tensor, ndim: int) -> Tensor:
        if tokens.ndim != ndim or (ndim == 2 and tokens.shape[1] == 0):
            shape = "(batch, time) with time of at least 1" if ndim == 2 else "(batch,)"
            raise ValueError(f"{name} has shape {tuple(tokens.shape)}, expected {shape}")
        if tokens.dtype != torch.int64:
            raise ValueError(f"{name} has dtype {tokens.dtype}, expected torch.int64")
        return cast(Tensor, self.embedding(tokens)) * self.scale

    def _logits(self, x: Tensor) -> Tensor:
        logits: Tensor = self.head(self.norm(x))
        return logits if self.soft_cap is None else self.soft_cap * torch.tanh(logits / self.soft_cap)

    def _split(self, state: State | None) -> list[State | None]:
        """Each block's part of the state. How long it is, only the blocks of this very call can say."""
        if state is None:
            return [None] * len(self.blocks)
        sizes = [state_count(block) if _has_state(block) else 0 for block in self._layers()]
        if len(state) != sum(sizes):
            raise ValueError(f"state holds {len(state)} tensors, expected {sum(sizes)}")
        ends = accumulate(sizes)
        return [state[end - size : end] for size, end in zip(sizes, ends, strict=True)]


def _has_state(block: SequenceLayer) -> bool:
    return hasattr(block, "initial_state")
