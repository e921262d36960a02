"""A language model: symbols in, a score for every possible next symbol out.

    x_0 = sqrt(d_model) E[token],   x_l = block_l(x_{l-1}),   logits = W RMSNorm(x_L)

(The stack of De et al. 2024, arXiv 2402.19427, section 2.1.) What differs between the presets is the mixer
of each block; embedding, norm, MLP and residual stream are the same code, so a comparison of presets is a
comparison of mixers.

Initialisation: E has standard deviation 1/sqrt(d_model) and is scaled up on the way in, so the stream
starts with variance 1. The map `out`, which ends every MLP and every mixer but RNN, GRU and LSTM, has
variance 2 / n_layers / fan-in, as in released Griffin, so the sum of these branches does not grow with depth.
W starts at a tenth of E, so that the first loss is log(vocab_size). It is a matrix of its own: with W = E, as
in Griffin, a model has fewer weights, but starts out expecting each token to come twice, and must unlearn it.
"""

import dataclasses
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from torch import nn

from minirnn.base.errors import UsageError
from minirnn.blocks import GatedMLP, RecurrentBlock, ResidualBlock
from minirnn.blocks.mamba import Mamba2Block, MambaBlock
from minirnn.layers.attention import Attention
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.delta_rule import DeltaRule
from minirnn.layers.deltanet import DeltaNet
from minirnn.layers.gru import GRU
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.mamba3 import Mamba3
from minirnn.layers.mingru import MinGRU
from minirnn.layers.rglru import RGLRU
from minirnn.layers.rnn import RNN
from minirnn.layers.s4d import S4D
from minirnn.layers.s5 import S5
from minirnn.lm.stack import Stack
from minirnn.presets import PRESETS, WIDTH_STEP


@dataclass(frozen=True)
class LMConfig:
    """All that it takes to build a `LanguageModel`; saved as JSON beside its weights.

    pattern: names from MIXERS, repeated until n_layers are filled. Which sizes a mixer reads, MIXERS shows.
    d_mlp, d_rnn: widths of the MLP (0: blocks have none) and of the recurrence inside a recurrent block.
    n_blocks: of the RG-LRU's gates. n_heads, n_kv_heads: heads of queries, and of keys and values. window:
    keys that a step of attention sees (None: all). rope_fraction: the share of a head that rotates.
    d_state: states of a state space, for each channel or for all. dropout: of the residual branches.
    """

    preset: str
    vocab_size: int
    d_model: int
    n_layers: int
    pattern: tuple[str, ...]
    d_mlp: int
    d_rnn: int
    n_blocks: int
    n_heads: int
    n_kv_heads: int
    window: int | None
    rope_fraction: float
    d_state: int
    dropout: float

    def __post_init__(self) -> None:
        for mixer in self.pattern or ("",):
            if mixer not in MIXERS:
                raise ValueError(f"pattern holds {mixer!r}, expected names among {', '.join(MIXERS)}")
        for name, least in (("vocab_size", 1), ("d_model", 1), ("n_layers", 1), ("d_mlp", 0)):
            if getattr(self, name) < least:
                raise ValueError(f"{name} is {getattr(self, name)}, expected at least {least}")
        if not 0 <= self.dropout < 1:
            raise ValueError(f"dropout is {self.dropout}, expected at least 0 and below 1")

    def to_dict(self) -> dict[str, Any]:
        """Numbers, strings and lists only: ready for JSON."""
        return {**dataclasses.asdict(self), "pattern": list(self.pattern)}

    @classmethod
    def from_dict(cls, fields: dict[str, Any]) -> "LMConfig":
        """The inverse of `to_dict`. Raises ValueError naming a key that is missing or unknown."""
        names = {field.name for field in dataclasses.fields(cls)}
        for problem, keys in (("lacks", names - fields.keys()), ("has the unknown", fields.keys() - names)):
            if keys:
                raise ValueError(f"the model's config {problem} {', '.join(sorted(keys))}")
        return cls(**{**fields, "pattern": tuple(fields["pattern"])})


def _recurrent(c: LMConfig, core: SequenceLayer) -> RecurrentBlock:
    return RecurrentBlock(c.d_model, c.d_rnn, core)


MIXERS: dict[str, Callable[[LMConfig], SequenceLayer]] = {
    "rglru": lambda c: _recurrent(c, RGLRU(c.d_rnn, c.n_blocks)),
    "lru": lambda c: _recurrent(c, LRU(c.d_rnn, c.d_state)),
    "s4d": lambda c: _recurrent(c, S4D(c.d_rnn, c.d_state)),
    "s5": lambda c: _recurrent(c, S5(c.d_rnn, c.d_state)),
    "mingru": lambda c: _recurrent(c, MinGRU(c.d_rnn, c.d_rnn)),
    "deltanet": lambda c: _recurrent(c, DeltaNet(c.d_rnn, c.n_heads)),
    "kda": lambda c: _recurrent(c, DeltaRule(c.d_rnn, c.n_heads, decay="channel")),
    "mamba": lambda c: MambaBlock(c.d_model, c.d_state),
    "mamba2": lambda c: Mamba2Block(c.d_model, c.d_state, head_dim=2 * c.d_model // c.n_heads),
    "mamba3": lambda c: Mamba3(c.d_model, c.d_state, head_dim=2 * c.d_model // c.n_heads),
    "attention": lambda c: Attention(c.d_model, c.n_heads, c.n_kv_heads, c.window, c.rope_fraction),
    "rnn": lambda c: RNN(c.d_model, c.d_model),
    "gru": lambda c: GRU(c.d_model, c.d_model),
    "lstm": lambda c: LSTM(c.d_model, c.d_model),
}
"""What a name in a pattern is: a layer from d_model to d_model, made as a config says."""


def preset_config(
    preset: str, vocab_size: int, *, d_model: int | None = None, n_layers: int | None = None
) -> LMConfig:
    """The config of a preset. Raises UsageError for an unknown preset or a size that it cannot have."""
    if preset not in PRESETS:
        raise UsageError(f"There is no preset {preset!r}; choose one of {', '.join(PRESETS)}.")
    sizes = PRESETS[preset].sizes
    d_model = sizes.d_model if d_model is None else d_model
    n_layers = sizes.n_layers if n_layers is None else n_layers
    if d_model < WIDTH_STEP or d_model % WIDTH_STEP:
        raise UsageError(f"The width is {d_model}; it must be a multiple of {WIDTH_STEP}.")
    if n_layers < 1:
        raise UsageError(f"The depth is {n_layers}; it must be at least 1.")
    d_rnn = sizes.gate[-1] * round(sizes.rnn * d_model / sizes.gate[-1])
    n_heads = _cut(d_model, sizes.head)
    return LMConfig(
        preset=preset,
        vocab_size=vocab_size,
        d_model=d_model,
        n_layers=n_layers,
        pattern=PRESETS[preset].pattern,
        d_mlp=int(sizes.mlp * d_model),
        d_rnn=d_rnn,
        n_blocks=_cut(d_rnn, sizes.gate),
        n_heads=n_heads,
        n_kv_heads=1 if sizes.shared_kv else n_heads,
        window=sizes.window,
        rope_fraction=sizes.rope_fraction,
        d_state=d_rnn if sizes.d_state is None else sizes.d_state,
        dropout=sizes.dropout,
    )


def _cut(width: int, parts: tuple[int, ...]) -> int:
    """Into how many parts the width is cut: they are as wide as the first of `parts` that divides it."""
    return width // next(part for part in parts if width % part == 0)


class LanguageModel(Stack):
    """tokens (batch, time) int64 -> logits (batch, time, vocab_size): a `Stack` made from a config."""

    def __init__(self, config: LMConfig) -> None:
        d_model = config.d_model
        blocks = (
            ResidualBlock(
                d_model,
                MIXERS[config.pattern[i % len(config.pattern)]](config),
                GatedMLP(d_model, config.d_mlp) if config.d_mlp else None,
                dropout=config.dropout,
            )
            for i in range(config.n_layers)
        )
        super().__init__(config.vocab_size, d_model, blocks, scale=math.sqrt(d_model))
        self.config = config
        nn.init.normal_(self.embedding.weight, std=d_model**-0.5)
        nn.init.normal_(self.head.weight, std=0.1 * d_model**-0.5)
        for name, weight in self.blocks.named_parameters():
            if name.endswith(("mixer.out.weight", "mlp.out.weight")):
                nn.init.normal_(weight, std=math.sqrt(2 / config.n_layers / weight.shape[1]))
