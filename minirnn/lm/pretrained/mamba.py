"""Mamba as transformers saves it (model_type "mamba"): the checkpoints of state-spaces/mamba-*-hf.

(Gu and Dao 2023, arXiv 2312.00752.) Blocks of one norm and one MambaBlock, no scale, a tied head. Their A_log
is (d_inner, d_state), ours (d_state, d_inner); their convolution is (dim, 1, width), ours (width, dim).
"""

from collections.abc import Callable
from typing import Any

from torch import Tensor

from minirnn.blocks import ResidualBlock
from minirnn.blocks.mamba import MambaBlock
from minirnn.layers.contract import SequenceLayer
from minirnn.lm.pretrained.common import Names, channels_last, expect
from minirnn.lm.stack import Stack

TIED = True  # where config.json does not say


def build(config: dict[str, Any]) -> Stack:
    """The model that config.json describes.

    Raises UsageError for what MambaBlock lacks, KeyError for a size that is not there.
    """
    expect(config, hidden_act="silu", use_bias=False, use_conv_bias=True)
    d_model, rank = config["hidden_size"], config["time_step_rank"]
    rank = None if rank == "auto" else rank
    sizes = d_model, config["state_size"], config["expand"], config["conv_kernel"], rank
    return around(config, lambda: MambaBlock(*sizes), TIED)


def around(config: dict[str, Any], block: Callable[[], SequenceLayer], tied: bool) -> Stack:
    """What Mamba and Mamba-2 have around their blocks: a norm before each and no MLP, then a head."""
    d_model, eps = config["hidden_size"], config["layer_norm_epsilon"]
    blocks = [ResidualBlock(d_model, block(), None, eps) for _ in range(config["num_hidden_layers"])]
    tied = config.get("tie_word_embeddings", tied)
    return Stack(config["vocab_size"], d_model, blocks, eps=eps, tied=tied)


def names(config: dict[str, Any]) -> Names:
    """Where each parameter comes from."""
    mixer: Names = {
        "s6.x_proj.weight": ("x_proj.weight", None),
        "s6.dt_proj.weight": ("dt_proj.weight", None),
        "s6.dt_proj.bias": ("dt_proj.bias", None),
        "s6.A_log": ("A_log", Tensor.t),
        "s6.D": ("D", None),
    }
    return with_mixer(config, mixer, TIED)


def with_mixer(config: dict[str, Any], mixer: Names, tied: bool) -> Names:
    """The names in a block's mixer, for each block, and all others, which Mamba and Mamba-2 share."""
    found: Names = {
        "embedding.weight": ("backbone.embeddings.weight", None),
        "norm.weight": ("backbone.norm_f.weight", None),
    }
    for i in range(config["num_hidden_layers"]):
        theirs, ours = f"backbone.layers.{i}", f"blocks.{i}"
        found |= {
            **{f"{ours}.mixer.{to}": (f"{theirs}.mixer.{name}", how) for to, (name, how) in mixer.items()},
            f"{ours}.norm_mixer.weight": (f"{theirs}.norm.weight", None),
            f"{ours}.mixer.into.weight": (f"{theirs}.mixer.in_proj.weight", None),
            f"{ours}.mixer.conv.weight": (f"{theirs}.mixer.conv1d.weight", channels_last),
            f"{ours}.mixer.conv.bias": (f"{theirs}.mixer.conv1d.bias", None),
            f"{ours}.mixer.out.weight": (f"{theirs}.mixer.out_proj.weight", None),
        }
    if not config.get("tie_word_embeddings", tied):
        found["head.weight"] = ("lm_head.weight", None)
    return found
