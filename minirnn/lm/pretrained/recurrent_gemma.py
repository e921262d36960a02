"""RecurrentGemma: the released Griffin, from our parts.

(Botev et al. 2024, arXiv 2404.07839; the equations are those of Griffin, De et al. 2024, arXiv 2402.19427.)
What it does otherwise than our preset "griffin":

- Every linear map of a block has a bias; those that make q, k and v only if config.json says so.
- GeLU is its tanh approximation, in the MLP and in the gate of the recurrent block.
- A norm multiplies by 1 + weight, so its weights are stored around 0.
- The embedding is scaled by sqrt(d_model) as bfloat16 rounds it: for 2560, by 50.5 and not by 50.596.
- The head is the embedding, and a tanh keeps the logits within -30 and 30.
- The RG-LRU stores -Lambda.
- intermediate_size in config.json counts both branches of the MLP: the hidden width is half of it.

As in our preset, rotary positions turn the first half of each head's dimensions and leave the rest, and the
RG-LRU's two gates have one block of weights for each attention head.

Here as in transformers, whose logits this file is tested against, a window of w sees w keys. The authors' own
code lets through w + 1: a difference only past the window's length, 2048 steps.

With `reset` documents do not see each other. transformers, where a position of 0 begins a document, keeps
them apart in the RG-LRU and in the attention, but not in the convolution.
"""

from typing import Any

import torch
from torch import Tensor, nn

from minirnn.base.errors import UsageError
from minirnn.blocks import GatedMLP, RecurrentBlock, ResidualBlock
from minirnn.layers.attention import Attention
from minirnn.layers.contract import SequenceLayer
from minirnn.layers.rglru import RGLRU
from minirnn.layers.shared.precision import state_dtype
from minirnn.layers.shared.rope import ROPE_BASE
from minirnn.lm.pretrained.common import Names, channels_last, expect
from minirnn.lm.stack import Stack

GELU = "tanh"  # its approximation


def build(config: dict[str, Any]) -> Stack:
    """The model that a config.json describes, its weights still to be loaded.

    Raises UsageError for what no released checkpoint has: another activation, other rotary speeds, or blocks
    that are neither recurrent nor attention.
    """
    d_model, n_heads = config["hidden_size"], config["num_attention_heads"]
    expect(config, hidden_activation="gelu_pytorch_tanh", head_dim=d_model // n_heads)
    eps = config["rms_norm_eps"]
    blocks = [
        ResidualBlock(d_model, _mixer(kind, config), _mlp(d_model, config["intermediate_size"] // 2), eps)
        for kind in _kinds(config)
    ]
    return Stack(
        config["vocab_size"],
        d_model,
        blocks,
        eps=eps,
        tied=config.get("tie_word_embeddings", True),
        scale=torch.tensor(d_model**0.5, dtype=torch.bfloat16, device="cpu").item(),
        soft_cap=config["logits_soft_cap"],
    )


def names(config: dict[str, Any]) -> Names:
    """Our parameters' names -> the names of the tensors they are made from, and how."""
    found: Names = {
        "embedding.weight": ("model.embed_tokens.weight", None),
        "norm.weight": ("model.final_norm.weight", _plus_one),
    }
    if not config.get("tie_word_embeddings", True):
        found["head.weight"] = ("lm_head.weight", None)
    for i, kind in enumerate(_kinds(config)):
        ours, mlp, mixer = f"blocks.{i}", f"model.layers.{i}.mlp_block", f"model.layers.{i}.temporal_block"
        found[f"{ours}.norm_mixer.weight"] = (f"model.layers.{i}.temporal_pre_norm.weight", _plus_one)
        found[f"{ours}.norm_mlp.weight"] = (f"model.layers.{i}.channel_pre_norm.weight", _plus_one)
        maps = {"mlp.up": [f"{mlp}.gate_proj", f"{mlp}.up_proj"], "mlp.out": [f"{mlp}.down_proj"]}
        if kind == "recurrent":
            maps["mixer.into"] = [f"{mixer}.linear_y", f"{mixer}.linear_x"]
            maps["mixer.out"] = [f"{mixer}.linear_out"]
            gates = f"{mixer}.rg_lru.recurrent_gate", f"{mixer}.rg_lru.input_gate"
            found |= {
                f"{ours}.mixer.conv.weight": (f"{mixer}.conv_1d.weight", channels_last),
                f"{ours}.mixer.conv.bias": (f"{mixer}.conv_1d.bias", None),
                f"{ours}.mixer.core.Lambda": (f"{mixer}.rg_lru.recurrent_param", torch.neg),
                f"{ours}.mixer.core.gate_weight": (tuple(f"{gate}_weight" for gate in gates), _side_by_side),
                f"{ours}.mixer.core.gate_bias": (tuple(f"{gate}_bias" for gate in gates), _biases),
            }
        else:
            maps["mixer.qkv"] = [f"{mixer}.{part}_proj" for part in "qkv"]
            maps["mixer.out"] = [f"{mixer}.o_proj"]
        for name, parts in maps.items():
            for part in ("weight", "bias"):
                found[f"{ours}.{name}.{part}"] = (tuple(f"{theirs}.{part}" for theirs in parts), _stacked)
        if kind == "attention" and not config["attention_bias"]:
            del found[f"{ours}.mixer.qkv.bias"]
    return found


def _kinds(config: dict[str, Any]) -> list[str]:
    """The kind of each block: block_types, repeated until num_hidden_layers are filled."""
    pattern, n_layers = config["block_types"], config["num_hidden_layers"]
    for kind in pattern or ("",):
        if kind not in ("recurrent", "attention"):
            raise UsageError(f"block_types holds {kind!r}, expected recurrent and attention.")
    return [pattern[i % len(pattern)] for i in range(n_layers)]


def _mlp(d_model: int, d_hidden: int) -> GatedMLP:
    mlp = GatedMLP(d_model, d_hidden, GELU)
    mlp.up, mlp.out = nn.Linear(d_model, 2 * d_hidden), nn.Linear(d_hidden, d_model)
    return mlp


def _mixer(kind: str, config: dict[str, Any]) -> SequenceLayer:
    return _recurrent(config) if kind == "recurrent" else _attention(config)


def _recurrent(config: dict[str, Any]) -> RecurrentBlock:
    d_model, n_heads = config["hidden_size"], config["num_attention_heads"]
    d_rnn = config["lru_width"] or d_model
    block = RecurrentBlock(d_model, d_rnn, RGLRU(d_rnn, n_heads), config["conv1d_width"], GELU)
    block.into, block.out = nn.Linear(d_model, 2 * d_rnn), nn.Linear(d_rnn, d_model)
    return block


def _attention(config: dict[str, Any]) -> Attention:
    d_model, n_heads = config["hidden_size"], config["num_attention_heads"]
    # Older files have these two at the top level.
    rope = {"partial_rotary_factor": 0.5, **config, **(config.get("rope_parameters") or {})}
    expect(rope, rope_theta=ROPE_BASE, rope_type="default")
    fraction, d_head = rope["partial_rotary_factor"], d_model // n_heads
    if fraction * d_head % 2:
        raise UsageError(f"partial_rotary_factor is {fraction}, of {d_head} that is not an even number.")
    n_kv_heads = config["num_key_value_heads"] or n_heads
    mixer = Attention(d_model, n_heads, n_kv_heads, config["attention_window_size"], fraction)
    mixer.qkv = nn.Linear(d_model, mixer.qkv.out_features, bias=config["attention_bias"])
    mixer.out = nn.Linear(d_model, d_model)
    return mixer


def _plus_one(weight: Tensor) -> Tensor:
    return 1 + weight.to(state_dtype(weight.dtype))  # in bfloat16 the sum would lose most of a small weight


def _stacked(*parts: Tensor) -> Tensor:
    return torch.cat(parts)


def _side_by_side(*parts: Tensor) -> Tensor:
    return torch.cat(parts, -1)


def _biases(*parts: Tensor) -> Tensor:
    return torch.cat(parts, -1).unsqueeze(1)
