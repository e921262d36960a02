"""The presets: kinds of language model, each by its name.

The command line, training, `minirnn.lm` and the docs read this one table, so a new preset is one entry. Its
pattern names the mixers of its blocks, which `minirnn.lm.model.MIXERS` builds; there a new one is a line and
an import. Nothing here needs torch, so `minirnn train --help` answers at once.
"""

from dataclasses import dataclass
from fractions import Fraction

WIDTH_STEP = 32  # a width d_model is a multiple of this, so that heads and the blocks of gates fit into it


@dataclass(frozen=True)
class Sizes:
    """How large a model of a preset is. Its parts grow with its width, d_model.

    d_model, n_layers: width and depth, unless others are asked for.
    mlp, rnn: widths of the MLP (0: there is none) and of the recurrence (d_rnn), in units of d_model.
    head: width of a head, the first of these that divides d_model.
    gate: width of a block of the RG-LRU's gates, the first that divides d_rnn, a multiple of the last.
    d_state: None for d_rnn.
    shared_kv: whether all heads of attention share one key and one value.
    window, rope_fraction, dropout: as in `minirnn.lm.LMConfig`.
    """

    d_model: int = 128
    n_layers: int = 2
    mlp: Fraction | int = 2
    rnn: Fraction | int = Fraction(3, 2)
    head: tuple[int, ...] = (32,)
    gate: tuple[int, ...] = (48,)
    d_state: int | None = None
    shared_kv: bool = True
    window: int | None = None
    rope_fraction: float = 1.0
    dropout: float = 0.0

    def __post_init__(self) -> None:
        if WIDTH_STEP % self.head[-1]:
            raise ValueError(f"head ends with {self.head[-1]}, expected a divisor of {WIDTH_STEP}")


@dataclass(frozen=True)
class Recipe:
    """How a preset is trained, unless something else is asked for; the fields are those of TrainConfig.

    Windows that start from nothing (carry=False) win in both measures at the end of a run, also in that of
    one long stream: benchmarks/train_lm.py measures the default both ways.
    """

    batch: int = 8
    seq_len: int = 128
    lr: float = 8e-3
    carry: bool = False
    keep_best: bool = False
    compiled: bool = False


@dataclass(frozen=True)
class Preset:
    """about: what it is, in a line. pattern: the mixers of its blocks, from below, repeated to its depth."""

    about: str
    pattern: tuple[str, ...]
    sizes: Sizes = Sizes()
    recipe: Recipe = Recipe()


# Time is a loop in these, so short windows side by side are faster.
LOOP = Recipe(batch=16, seq_len=64)

# In a minute these read a megabyte of text a hundred times over, and may do so too often.
GPU = Recipe(batch=64, seq_len=256, lr=4e-3, keep_best=True, compiled=True)

# Six blocks with 10.45 million weights at width 384 and 65 symbols, in Griffin's proportions. Tensor cores
# like large tiles, so heads and the blocks of gates are 64 wide where the width allows.
# dropout: a public recipe for a Transformer of this size has 0.2; 0.3 is a guess, not measured here.
# window: one that holds a whole window of training needs no mask, which is what fast kernels want.
GRIFFIN_GPU = Sizes(
    d_model=384,
    n_layers=6,
    mlp=Fraction(8, 3),
    rnn=Fraction(4, 3),
    head=(64, 32),
    gate=(64, 32),
    window=256,
    rope_fraction=0.5,
    dropout=0.3,
)
# Its MLP is a little narrower, because all its heads have keys and values of their own.
TRANSFORMER_GPU = Sizes(
    d_model=384, n_layers=6, mlp=Fraction(31, 12), head=(64, 32), shared_kv=False, dropout=0.3
)

PRESETS: dict[str, Preset] = {
    "hawk": Preset("RG-LRU recurrences only (the default)", ("rglru",)),
    "griffin": Preset(
        "two RG-LRU blocks, then one of local attention",
        ("rglru", "rglru", "attention"),
        Sizes(n_layers=3, window=64, rope_fraction=0.5),
    ),
    "transformer": Preset(
        "global attention with rotary positions and a key-value cache",
        ("attention",),
        Sizes(n_layers=3, shared_kv=False),
        # It can use no position that it has never seen: it trains on windows as long as those of `eval`.
        Recipe(batch=4, seq_len=256),
    ),
    "lru": Preset("linear recurrences with complex eigenvalues on a ring", ("lru",)),
    "s4d": Preset("a diagonal state space for each channel", ("s4d",), Sizes(d_state=32)),
    "s5": Preset("one diagonal state space for all channels", ("s5",)),
    "mamba": Preset("selective state spaces, no MLP", ("mamba",), Sizes(n_layers=4, mlp=0, d_state=16)),
    "mamba2": Preset(
        "selective state spaces with one decay a head, no MLP",
        ("mamba2",),
        Sizes(n_layers=4, mlp=0, d_state=64),
    ),
    "mamba3": Preset(
        "selective states that turn, two steps in each write; no convolution, no MLP",
        ("mamba3",),
        Sizes(n_layers=4, mlp=0, d_state=64),
    ),
    "mingru": Preset("gated averages whose gates read the input alone", ("mingru",)),
    "deltanet": Preset("the gated delta rule: a memory that corrects itself", ("deltanet",)),
    "kda": Preset("the delta rule whose memory decays at its own rate in each channel", ("kda",)),
    "kda-hybrid": Preset(
        "three KDA blocks, then one of global attention without positions",
        ("kda", "kda", "kda", "attention"),
        # Kimi Linear's pattern: positions are the recurrences' business, so rope_fraction is 0.
        Sizes(n_layers=4, mlp=1, rnn=1, gate=(32,), rope_fraction=0.0),
        # As many keys in training as in `eval`.
        Recipe(batch=4, seq_len=256),
    ),
    "rnn": Preset("vanilla recurrences", ("rnn",), Sizes(n_layers=3), LOOP),
    "gru": Preset("gated recurrent units", ("gru",), recipe=LOOP),
    "lstm": Preset("long short-term memory", ("lstm",)),
    "griffin-gpu": Preset(
        "griffin with 10 million weights and dropout, for a GPU",
        ("rglru", "rglru", "attention"),
        GRIFFIN_GPU,
        GPU,
    ),
    "transformer-gpu": Preset(
        "transformer of the same size, for a GPU", ("attention",), TRANSFORMER_GPU, GPU
    ),
}
"""All presets, by name."""

GPU_PRESETS = tuple(name for name, preset in PRESETS.items() if preset.recipe.compiled)
