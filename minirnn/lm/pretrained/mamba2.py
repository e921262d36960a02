"""Mamba-2 as transformers saves it (model_type "mamba2").

(Dao and Gu 2024, arXiv 2405.21060.) Blocks of one norm and one Mamba2Block, no scale; the gated norm has the
same eps as the others.
"""

import math
from typing import Any

from minirnn.base.errors import UsageError
from minirnn.blocks.mamba import Mamba2Block
from minirnn.lm.pretrained.common import Names, expect
from minirnn.lm.pretrained.mamba import around, with_mixer
from minirnn.lm.stack import Stack

TIED = False  # where config.json does not say
INFINITY = (math.inf, {"__float__": "Infinity"})  # as JSON of two ages writes it


def build(config: dict[str, Any]) -> Stack:
    """The model that config.json describes.

    Raises UsageError for what Mamba2Block lacks, KeyError for a size that is not there.
    """
    expect(config, hidden_act="silu", use_bias=False, use_conv_bias=True)
    low, high = config.get("time_step_limit", (0, math.inf))
    if low > 0 or high not in INFINITY:
        # It is ill-defined: transformers keeps to it in a long call and not in a single step.
        raise UsageError(f"config.json says time_step_limit = {[low, high]}, but minirnn has no such limit.")
    named = (
        "hidden_size",
        "state_size",
        "head_dim",
        "expand",
        "conv_kernel",
        "n_groups",
        "layer_norm_epsilon",
    )
    sizes = [config[name] for name in named]
    return around(config, lambda: Mamba2Block(*sizes), TIED)


def names(config: dict[str, Any]) -> Names:
    """Where each parameter comes from."""
    mixer: Names = {
        "heads.A_log": ("A_log", None),
        "heads.dt_bias": ("dt_bias", None),
        "heads.D": ("D", None),
        "norm.weight": ("norm.weight", None),
    }
    return with_mixer(config, mixer, TIED)
