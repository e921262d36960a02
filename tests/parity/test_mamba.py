"""Our Mamba with the weights of transformers' Mamba: the same logits, streams, states, gradients and text."""

from typing import Any

import pytest
import torch
from torch import Tensor
from transformers import MambaConfig, MambaForCausalLM

from minirnn.lm.pretrained import mamba
from minirnn.lm.pretrained.common import Names
from minirnn.lm.stack import Stack
from tests.parity import comparing
from tests.parity.comparing import copied, random_tokens, shaken

VOCAB = 13
CONFIGS: dict[str, dict[str, Any]] = {
    "as-published": {"state_size": 4},
    "untied": {
        "state_size": 3,
        "expand": 1,
        "conv_kernel": 2,
        "time_step_rank": 5,
        "tie_word_embeddings": False,
    },
    "one-state": {
        "state_size": 1,
        "expand": 3,
        "conv_kernel": 3,
        "time_step_rank": 2,
        "num_hidden_layers": 1,
    },
    "large-eps": {"state_size": 5, "conv_kernel": 5, "layer_norm_epsilon": 0.1, "hidden_size": 20},
}
Models = tuple[Stack, MambaForCausalLM, Names]


@pytest.fixture(params=[torch.float32, torch.float64], ids=str)
def dtype(request: pytest.FixtureRequest) -> torch.dtype:
    return request.param


@pytest.fixture(params=CONFIGS)
def models(request: pytest.FixtureRequest, dtype: torch.dtype) -> Models:
    """Ours and theirs with the same weights, and the names of these."""
    torch.manual_seed(0)
    fields = {"hidden_size": 8, "num_hidden_layers": 2, "eos_token_id": None} | CONFIGS[request.param]
    config = MambaConfig(vocab_size=VOCAB, **fields)
    theirs = shaken(MambaForCausalLM(config)).to(dtype)
    names = mamba.names(config.to_dict())
    return copied(theirs, mamba.build(config.to_dict()), names), theirs, names


def states(cache: Any) -> list[Tensor]:
    """Their convolution keeps one input more than it will read."""
    return [
        s for layer in cache.layers for s in (layer.conv_states[0][..., 1:].mT, layer.recurrent_states[0].mT)
    ]


@pytest.mark.parametrize("time", [1, 2, 7, 40])
def test_logits_streams_and_states(models: Models, time: int) -> None:
    ours, theirs, _ = models
    comparing.assert_same_call(ours, theirs, random_tokens(VOCAB, time), states)


def test_gradients(models: Models) -> None:
    comparing.assert_same_gradients(*models, random_tokens(VOCAB, 12))


# transformers, given a cache and more than one token, starts its state from zero again.
@pytest.mark.parametrize("lengths", [[1] * 6, [2, 1, 1, 1], [9, 1, 1, 1, 1, 1]], ids=str)
def test_tokens_one_by_one_after_a_prompt(models: Models, lengths: list[int]) -> None:
    ours, theirs, _ = models
    comparing.assert_same_with_a_cache(ours, theirs, random_tokens(VOCAB, 14), lengths, states)


def test_greedy_text(models: Models) -> None:
    ours, theirs, _ = models
    comparing.assert_same_greedy_text(ours, theirs, random_tokens(VOCAB, 5))
