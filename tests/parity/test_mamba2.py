"""Our Mamba-2 with the weights of transformers': the same logits, streams, states, gradients and text."""

from typing import Any

import pytest
import torch
from torch import Tensor
from transformers import Mamba2Config, Mamba2ForCausalLM

from minirnn.lm.pretrained import mamba2
from minirnn.lm.pretrained.common import Names
from minirnn.lm.stack import Stack
from tests.parity import comparing
from tests.parity.comparing import copied, random_tokens, shaken

VOCAB = 13
CONFIGS: dict[str, dict[str, Any]] = {
    "as-published": {"num_heads": 4, "head_dim": 4, "state_size": 5, "tie_word_embeddings": True},
    "chunks-of-4": {"num_heads": 2, "head_dim": 12, "expand": 3, "state_size": 3, "chunk_size": 4},
    "groups": {
        "num_heads": 12,
        "head_dim": 2,
        "hidden_size": 12,
        "state_size": 3,
        "n_groups": 3,
        "chunk_size": 5,
        "conv_kernel": 2,
    },
    "a-group-for-each-head": {"num_heads": 2, "head_dim": 4, "expand": 1, "state_size": 1, "n_groups": 2},
    "large-eps": {
        "num_heads": 4,
        "head_dim": 4,
        "state_size": 2,
        "conv_kernel": 3,
        "layer_norm_epsilon": 0.1,
    },
}
Models = tuple[Stack, Mamba2ForCausalLM, Names]


@pytest.fixture(params=[torch.float32, torch.float64], ids=str)
def dtype(request: pytest.FixtureRequest) -> torch.dtype:
    return request.param


@pytest.fixture(params=CONFIGS)
def models(request: pytest.FixtureRequest, dtype: torch.dtype) -> Models:
    """Ours and theirs with the same weights, and the names of these."""
    torch.manual_seed(0)
    fields = {"hidden_size": 8, "n_groups": 1, "num_hidden_layers": 2, "eos_token_id": None}
    config = Mamba2Config(vocab_size=VOCAB, **fields | CONFIGS[request.param])
    theirs = shaken(Mamba2ForCausalLM(config)).to(dtype)
    names = mamba2.names(config.to_dict())
    return copied(theirs, mamba2.build(config.to_dict()), names), theirs, names


def states(cache: Any) -> list[Tensor]:
    """Their convolution keeps one input more than it will read."""
    return [
        s for layer in cache.layers for s in (layer.conv_states[0][..., 1:].mT, layer.recurrent_states[0])
    ]


# 70 is longer than one of our chunks.
@pytest.mark.parametrize("time", [1, 2, 11, 70])
def test_logits_streams_and_states(models: Models, time: int) -> None:
    ours, theirs, _ = models
    comparing.assert_same_call(ours, theirs, random_tokens(VOCAB, time), states)


def test_gradients(models: Models) -> None:
    comparing.assert_same_gradients(*models, random_tokens(VOCAB, 12))


@pytest.mark.parametrize("lengths", [[1] * 6, [9, 1, 1, 1], [5, 2, 1, 6]], ids=str)
def test_call_after_call(models: Models, lengths: list[int]) -> None:
    ours, theirs, _ = models
    comparing.assert_same_with_a_cache(ours, theirs, random_tokens(VOCAB, 14), lengths, states)


def test_greedy_text(models: Models) -> None:
    ours, theirs, _ = models
    comparing.assert_same_greedy_text(ours, theirs, random_tokens(VOCAB, 5))
