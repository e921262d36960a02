"""Our RecurrentGemma with the weights of transformers': the same logits, streams, states, gradients and text.

transformers, given a cache and more than one token, starts its convolutions and recurrences from zero again;
so after the first call tokens go to it one by one.
"""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor
from transformers import DynamicCache, RecurrentGemmaConfig, RecurrentGemmaForCausalLM

from minirnn.base.errors import UsageError
from minirnn.layers.contract import State
from minirnn.lm.pretrained import load, recurrent_gemma
from minirnn.lm.stack import Stack
from tests.parity.comparing import (
    assert_near,
    assert_same_gradients,
    assert_same_greedy_text,
    copied,
    in_dtype,
    random_tokens,
    shaken,
)

VOCAB, WINDOW = 31, 5
CONFIGS: dict[str, dict[str, Any]] = {
    # As published but for the sizes. Few layers: each adds to the rounding errors of float32.
    "multi-query": {"num_hidden_layers": 3, "num_key_value_heads": 1, "lru_width": 36},
    "biases": {
        "num_hidden_layers": 2,
        "num_key_value_heads": None,  # as many as heads
        "attention_bias": True,
        "block_types": ["attention", "recurrent"],
        "rope_parameters": {"rope_theta": 10_000.0, "partial_rotary_factor": 1.0, "rope_type": "default"},
        "conv1d_width": 3,
        "logits_soft_cap": 2.0,
        "rms_norm_eps": 0.1,
        "tie_word_embeddings": False,
    },
}
Models = tuple[Stack, RecurrentGemmaForCausalLM]


@pytest.fixture(params=CONFIGS)
def config(request: pytest.FixtureRequest) -> RecurrentGemmaConfig:
    sizes = {"vocab_size": VOCAB, "hidden_size": 24, "intermediate_size": 52, "num_attention_heads": 3}
    # Without a padding token, whose embedding would get no gradient.
    fields = {"attention_window_size": WINDOW, "pad_token_id": None, "eos_token_id": None}
    return RecurrentGemmaConfig(**sizes, **fields, **CONFIGS[request.param])


@pytest.fixture(params=[torch.float32, torch.float64], ids=str)
def models(request: pytest.FixtureRequest, config: RecurrentGemmaConfig) -> Models:
    """Ours and theirs with the same weights."""
    torch.manual_seed(0)
    theirs = shaken(RecurrentGemmaForCausalLM(config)).to(request.param)
    for layer in theirs.model.layers:
        if hasattr(layer.temporal_block, "rotary_emb") and request.param == torch.float64:
            # They make these in float32. Ours are whole numbers of this unit.
            speeds, unit = layer.temporal_block.rotary_emb.inv_freq, 2 * math.pi / 2**48
            exact = 10_000.0 ** -(torch.arange(len(speeds), dtype=torch.float64) / len(speeds))
            speeds.copy_((exact / unit).round() * unit)
    ours = recurrent_gemma.build(config.to_dict())
    return copied(theirs, ours, recurrent_gemma.names(config.to_dict())), theirs


def read(theirs: RecurrentGemmaForCausalLM, x: Tensor, cache: DynamicCache | None = None) -> Tensor:
    """Their logits (batch, time, vocab_size) of x, with a cache that is carried on, or without."""
    with in_dtype(theirs.dtype):
        return theirs(x, past_key_values=cache, use_cache=cache is not None).logits


@contextmanager
def streams(*modules: torch.nn.Module) -> Iterator[list[Tensor]]:
    """What these modules return, in a call inside the `with`."""
    found: list[Tensor] = []

    def note(
        _module: torch.nn.Module, _inputs: tuple[Tensor, ...], output: Tensor | tuple[Tensor, State]
    ) -> None:
        found.append(output[0] if isinstance(output, tuple) else output)

    hooks = [module.register_forward_hook(note) for module in modules]
    yield found
    for hook in hooks:
        hook.remove()


def assert_states_near(state: State, theirs: RecurrentGemmaForCausalLM, cache: DynamicCache) -> None:
    """Recurrent blocks: the convolution's, then h. Attention: a ring of keys and one of values."""
    rest = iter(state)
    for i, layer in enumerate(theirs.model.layers):
        block = layer.temporal_block
        if hasattr(block, "rg_lru"):
            assert_near(next(rest), block.conv1d_state.mT, f"inputs kept by block {i}")
            assert_near(next(rest), block.rg_lru.recurrent_states, f"h of block {i}")
            assert not next(rest).any()  # no row is fresh
            continue
        rings, seen = (next(rest), next(rest)), next(rest)
        kept = cache.layers[i].keys.shape[2]
        assert (seen == cache.get_seq_length(i)).all() and kept == min(seen[0], WINDOW - 1)
        for ring, other in zip(rings, (cache.layers[i].keys, cache.layers[i].values), strict=True):
            newest = torch.arange(int(seen[0]) - kept, int(seen[0])) % WINDOW
            assert_near(ring[:, :, newest], other, f"keys or values of block {i}")
    assert next(rest, None) is None


@torch.no_grad()
@pytest.mark.parametrize("time", [2, WINDOW, WINDOW + 1, 40])
def test_logits_streams_and_states(models: Models, config: RecurrentGemmaConfig, time: int) -> None:
    ours, theirs = models
    cache, x = DynamicCache(config=config), random_tokens(VOCAB, time)
    with streams(*ours.blocks, ours.norm) as made:
        logits, state = ours(x)
    with streams(*theirs.model.layers, theirs.model.final_norm) as wanted:
        expected = read(theirs, x, cache)
    for i, stream in enumerate(zip(made, wanted, strict=True)):
        assert_near(*stream, f"stream {i}")
    assert_near(logits, expected, "logits")
    assert_states_near(state, theirs, cache)


def test_gradients(models: Models, config: RecurrentGemmaConfig) -> None:
    assert_same_gradients(*models, recurrent_gemma.names(config.to_dict()), random_tokens(VOCAB, 13))


@torch.no_grad()
@pytest.mark.parametrize("first", [2, 9])
def test_a_cache_carries_on_as_our_state_does(
    models: Models, config: RecurrentGemmaConfig, first: int
) -> None:
    """From a first call within the window, past its end; and from one that is already past it."""
    ours, theirs = models
    cache, x = DynamicCache(config=config), random_tokens(VOCAB, first + 9)
    logits, state = ours(x[:, :first])
    assert_near(logits, read(theirs, x[:, :first], cache), "first call")
    for t in range(first, x.shape[1]):
        logits, state = ours.step(x[:, t], state)
        assert_near(logits, read(theirs, x[:, t : t + 1], cache)[:, 0], f"step {t}")
        assert_states_near(state, theirs, cache)


@torch.no_grad()
def test_pieces_of_any_length(models: Models) -> None:
    """A step from the empty state, then calls shorter and longer than the window; theirs is one call."""
    ours, theirs = models
    x, made = random_tokens(VOCAB, 20), []
    logits, state = ours.step(x[:, 0], ours.initial_state(2))
    for part in x[:, 1:].split([2, 1, 16], 1):
        made.append(ours(part, state))
        state = made[-1][1]
    whole = torch.cat([logits[:, None], *(piece for piece, _ in made)], 1)
    assert_near(whole, read(theirs, x), "logits")


def test_greedy_text_is_the_same(models: Models) -> None:
    assert_same_greedy_text(*models, random_tokens(VOCAB, 4))


@torch.no_grad()
def test_documents_do_not_see_each_other(models: Models) -> None:
    """Three documents in one row, the last of one token, against three calls of theirs."""
    ours, theirs = models
    x, reset = random_tokens(VOCAB, 18), torch.zeros(2, 18, dtype=torch.bool)
    reset[:, [7, 17]] = True
    expected = torch.cat([read(theirs, part) for part in x.split([7, 10, 1], 1)], 1)
    assert_near(ours(x, reset=reset)[0], expected, "logits")


@torch.no_grad()
@pytest.mark.parametrize("models", [torch.float32], indirect=True, ids=str)
def test_load(models: Models, tmp_path: Path) -> None:
    """A folder that transformers wrote, in one file and in several, to the same logits as theirs."""
    theirs, x = models[1], random_tokens(VOCAB, 12)
    for size in ("1GB", "20KB"):
        theirs.save_pretrained(tmp_path / size, max_shard_size=size)
        assert_near(load(tmp_path / size)(x)[0], read(theirs, x), size)
    assert len(list((tmp_path / "20KB").glob("*.safetensors"))) > 1


@torch.no_grad()
def test_bfloat16_weights_in_float32(config: RecurrentGemmaConfig, tmp_path: Path) -> None:
    """1 + weight of the norms is not a bfloat16 number, and is not to be rounded to one."""
    shaken(RecurrentGemmaForCausalLM(config)).bfloat16().save_pretrained(tmp_path)
    theirs, x = (
        RecurrentGemmaForCausalLM.from_pretrained(tmp_path, dtype=torch.float32),
        random_tokens(VOCAB, 12),
    )
    assert_near(load(tmp_path, dtype=torch.float32)(x)[0], read(theirs, x), "logits")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("hidden_activation", "silu"),
        ("head_dim", 7),
        ("rope_theta", 500.0),  # where older files have it
        ("rope_parameters", {"rope_theta": 500.0}),
        ("rope_parameters", {"rope_type": "linear"}),
        ("rope_parameters", {"partial_rotary_factor": 0.4}),
        ("block_types", ["recurrent", "mamba"]),
        ("block_types", []),
    ],
)
def test_what_no_checkpoint_has_is_refused(config: RecurrentGemmaConfig, name: str, value: object) -> None:
    fields = {**config.to_dict(), "rope_parameters": None, name: value}
    with pytest.raises(UsageError, match=next(iter(value)) if isinstance(value, dict) else name):
        recurrent_gemma.build(fields)


def test_older_files(config: RecurrentGemmaConfig) -> None:
    """With the rotary settings at the top level, and an lru_width that is left open."""
    fields = config.to_dict() | {"num_hidden_layers": 3, "block_types": ["recurrent", "attention"]}
    del fields["rope_parameters"]
    fields |= {"rope_theta": 10_000.0, "partial_rotary_factor": 1.0, "lru_width": None}
    model = recurrent_gemma.build(fields)
    assert len(model.blocks[1].mixer.rope.turns) == 4  # all pairs of a head of 8
    assert model.blocks[0].mixer.core.d_rnn == 24
    del fields["partial_rotary_factor"]
    assert len(recurrent_gemma.build(fields).blocks[1].mixer.rope.turns) == 2
