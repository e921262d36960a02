"""A language model: symbols in, a score for every possible next symbol out.

    x_0 = sqrt(d_model) E[token],   x_l = block_l(x_{l-1}),   logits = W RMSNorm(x_L)

(The stack of De et al. 2024, arXiv 2402.19427, section 2.1.) What differs between the presets is the mixer
of each block; embedding, norm, MLP and residual stream are the same code, so a comparison of presets is a
comparison of mixers.

Initialisation: E has standard deviation 1/sqrt(d_model) and is scaled up on the way in, so the stream
starts with variance 1. The last map of every sub-block has variance 2 / n_layers / fan-in, as in released
Griffin, so the sum of all branches does not grow with depth. W starts at a tenth of E, so that the first
loss is log(vocab_size). `tied` makes W = E, as Griffin does: fewer weights, but such a model starts out
expecting each token to come twice, and must unlearn that.
"""

import dataclasses
import math
from dataclasses import dataclass
from typing import Any

from torch import nn

from minirnn.base.errors import UsageError
from minirnn.blocks import GatedMLP, RecurrentBlock, ResidualBlock
from minirnn.blocks.mamba import Mamba2Block, MambaBlock
from minirnn.layers.attention import Attention
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.deltanet import DeltaNet
from minirnn.layers.gru import GRU
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.mingru import MinGRU
from minirnn.layers.rglru import RGLRU
from minirnn.layers.rnn import RNN
from minirnn.layers.s4d import S4D
from minirnn.layers.s5 import S5
from minirnn.lm.stack import Stack

CORES = ("rglru", "lru", "s4d", "s5", "mingru", "deltanet")  # these stand inside Griffin's recurrent block
MIXERS = (*CORES, "mamba", "mamba2", "attention", "rnn", "gru", "lstm")
WIDTH_STEP = 32  # the width of a head and of a gate's block in the presets


@dataclass(frozen=True)
class LMConfig:
    """All that it takes to build a `LanguageModel`; saved as JSON beside its weights.

    pattern: names from MIXERS, repeated until n_layers are filled. d_mlp: 0 for blocks without an MLP.
    d_rnn and conv_width belong to the recurrent block; n_blocks and rglru_init to "rglru"; d_state to "lru",
    "s4d", "s5", "mamba" and "mamba2"; head_dim to "mamba2"; n_heads to "deltanet" and "attention";
    n_kv_heads, window (None: no limit) and rope_fraction to "attention". dropout: of the residual branches.
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
    conv_width: int
    d_state: int
    head_dim: int
    rglru_init: str
    tied: bool
    dropout: float = 0.0  # with a default, because older runs do not name it

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
        missing = names - fields.keys() - {"dropout"}
        for problem, keys in (("lacks", missing), ("has the unknown", fields.keys() - names)):
            if keys:
                raise ValueError(f"the model's config {problem} {', '.join(sorted(keys))}")
        return cls(**{**fields, "pattern": tuple(fields["pattern"])})


PRESETS: dict[str, str] = {
    "hawk": "RG-LRU recurrences only (the default)",
    "griffin": "two RG-LRU blocks, then one of local attention",
    "transformer": "global attention with rotary positions and a key-value cache",
    "lru": "linear recurrences with complex eigenvalues on a ring",
    "s4d": "a diagonal state space for each channel",
    "s5": "one diagonal state space for all channels",
    "mamba": "selective state spaces, no MLP",
    "mamba2": "selective state spaces with one decay a head, no MLP",
    "mingru": "gated averages whose gates read the input alone",
    "deltanet": "the gated delta rule: a memory that corrects itself",
    "rnn": "vanilla recurrences",
    "gru": "gated recurrent units",
    "lstm": "long short-term memory",
    "griffin-gpu": "griffin with 10 million weights and dropout, for a GPU",
    "transformer-gpu": "transformer of the same size, for a GPU",
}

_DIFFERENCES: dict[str, dict[str, Any]] = {
    "hawk": {"pattern": ("rglru",)},
    "griffin": {
        "pattern": ("rglru", "rglru", "attention"),
        "n_layers": 3,
        "window": 64,
        "rope_fraction": 0.5,
    },
    "transformer": {"pattern": ("attention",), "n_layers": 3},
    "s4d": {"d_state": 32},
    "mamba": {"n_layers": 4, "d_mlp": 0, "d_state": 16},
    "mamba2": {"n_layers": 4, "d_mlp": 0, "d_state": 64},
    "rnn": {"n_layers": 3},
    # A window that holds a whole training window needs no mask, which is what fast kernels want.
    "griffin-gpu": {"pattern": ("rglru", "rglru", "attention"), "window": 256, "rope_fraction": 0.5},
    "transformer-gpu": {"pattern": ("attention",)},
}
GPU_PRESETS = ("griffin-gpu", "transformer-gpu")


def _gpu_sizes(preset: str, d_model: int) -> dict[str, Any]:
    """Six blocks with 10.45 million weights at width 384 and 65 symbols, in Griffin's proportions.

    Heads and the blocks of gates are 64 wide where the width allows: tensor cores like large tiles. The
    Transformer's MLP is a little narrower, because all its heads have keys and values of their own.
    dropout: a megabyte of text is read many times over; a public recipe for such a Transformer has 0.2, and
    0.3 is a guess for these, not measured at this size.
    """
    head = 2 * WIDTH_STEP if d_model % (2 * WIDTH_STEP) == 0 else WIDTH_STEP
    d_rnn = d_model + WIDTH_STEP * round(d_model / (3 * WIDTH_STEP))
    transformer = preset == "transformer-gpu"
    return {
        "n_layers": 6,
        "d_mlp": 31 * d_model // 12 if transformer else 8 * d_model // 3,
        "d_rnn": d_rnn,
        "n_blocks": d_rnn // head if d_rnn % head == 0 else d_rnn // WIDTH_STEP,
        "n_heads": d_model // head,
        "n_kv_heads": d_model // head if transformer else 1,
        "dropout": 0.3,
    }


def preset_config(
    preset: str, vocab_size: int, *, d_model: int | None = None, n_layers: int | None = None
) -> LMConfig:
    """The config of a preset. Raises UsageError for an unknown preset or a size that it cannot have."""
    if preset not in PRESETS:
        raise UsageError(f"There is no preset {preset!r}; choose one of {', '.join(PRESETS)}.")
    if d_model is None:
        d_model = 384 if preset in GPU_PRESETS else 128
    if d_model < WIDTH_STEP or d_model % WIDTH_STEP:
        raise UsageError(f"The width is {d_model}; it must be a multiple of {WIDTH_STEP}.")
    if n_layers is not None and n_layers < 1:
        raise UsageError(f"The depth is {n_layers}; it must be at least 1.")
    heads = d_model // WIDTH_STEP
    config: dict[str, Any] = {
        "preset": preset,
        "vocab_size": vocab_size,
        "d_model": d_model,
        "n_layers": 2,
        "pattern": (preset,),
        "d_mlp": 2 * d_model,
        "d_rnn": 3 * d_model // 2,
        "n_blocks": heads,
        "n_heads": heads,
        "n_kv_heads": heads if preset == "transformer" else 1,
        "window": None,
        "rope_fraction": 1.0,
        "conv_width": 4,
        "d_state": 3 * d_model // 2,
        "head_dim": 2 * WIDTH_STEP,
        "rglru_init": "code",
        "tied": False,
    }
    if preset in GPU_PRESETS:
        config |= _gpu_sizes(preset, d_model)
    config |= _DIFFERENCES.get(preset, {})
    return LMConfig(**config if n_layers is None else config | {"n_layers": n_layers})


class LanguageModel(Stack):
    """tokens (batch, time) int64 -> logits (batch, time, vocab_size): a `Stack` made from a config."""

    def __init__(self, config: LMConfig) -> None:
        d_model = config.d_model
        blocks = (
            ResidualBlock(
                d_model,
                _mixer(config.pattern[i % len(config.pattern)], config),
                GatedMLP(d_model, config.d_mlp) if config.d_mlp else None,
                dropout=config.dropout,
            )
            for i in range(config.n_layers)
        )
        super().__init__(config.vocab_size, d_model, blocks, tied=config.tied, scale=math.sqrt(d_model))
        self.config = config
        nn.init.normal_(self.embedding.weight, std=d_model**-0.5)
        if not config.tied:
            nn.init.normal_(self.head.weight, std=0.1 * d_model**-0.5)
        for name, weight in self.blocks.named_parameters():
            if name.endswith(("mixer.out.weight", "mlp.out.weight")):
                nn.init.normal_(weight, std=math.sqrt(2 / config.n_layers / weight.shape[1]))


def _mixer(name: str, c: LMConfig) -> SequenceLayer:
    if name in CORES:
        return RecurrentBlock(c.d_model, c.d_rnn, _core(name, c), c.conv_width)
    if name == "attention":
        return Attention(c.d_model, c.n_heads, c.n_kv_heads, c.window, c.rope_fraction)
    if name == "mamba":
        return MambaBlock(c.d_model, c.d_state, conv_width=c.conv_width)
    if name == "mamba2":
        return Mamba2Block(c.d_model, c.d_state, c.head_dim, conv_width=c.conv_width)
    return {"rnn": RNN, "gru": GRU, "lstm": LSTM}[name](c.d_model, c.d_model)


def _core(name: str, c: LMConfig) -> SequenceLayer:
    if name == "rglru":
        return RGLRU(c.d_rnn, c.n_blocks, init=c.rglru_init)
    if name == "mingru":
        return MinGRU(c.d_rnn, c.d_rnn)
    if name == "deltanet":
        return DeltaNet(c.d_rnn, c.n_heads)
    return {"lru": LRU, "s4d": S4D, "s5": S5}[name](c.d_rnn, c.d_state)
