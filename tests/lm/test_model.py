"""LanguageModel: its config, presets, initialisation and state. Its contract is in test_contract.py."""

import copy
import dataclasses
import functools
import json
import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from minirnn.base.errors import UsageError
from minirnn.layers.contract import Layer
from minirnn.lm import MIXERS, LanguageModel, LMConfig, preset_config
from minirnn.lm.stack import Stack
from minirnn.presets import GPU_PRESETS, PRESETS
from minirnn.training.folder.checkpoint import load_checkpoint, save_checkpoint


@pytest.mark.parametrize("preset", PRESETS)
def test_config_survives_json(preset: str) -> None:
    config = preset_config(preset, 65)
    again = LMConfig.from_dict(json.loads(json.dumps(config.to_dict())))
    assert again == config
    assert hash(again) == hash(config)
    assert LanguageModel(again).config == config


def test_config_names_a_missing_or_unknown_key() -> None:
    fields = preset_config("hawk", 65).to_dict()
    with pytest.raises(ValueError, match=r"unknown flavour, taste"):
        LMConfig.from_dict({**fields, "taste": 1, "flavour": 2})
    del fields["window"], fields["d_mlp"]
    with pytest.raises(ValueError, match=r"lacks d_mlp, window"):
        LMConfig.from_dict(fields)


def test_config_names_a_bad_value() -> None:
    config = preset_config("hawk", 65)
    with pytest.raises(ValueError, match=rf"'hyena'.*{', '.join(MIXERS)}"):
        dataclasses.replace(config, pattern=("rglru", "hyena"))
    with pytest.raises(ValueError, match=r"''"):
        dataclasses.replace(config, pattern=())
    for name in ("vocab_size", "d_model", "n_layers"):
        with pytest.raises(ValueError, match=rf"{name} is 0, expected at least 1"):
            dataclasses.replace(config, **{name: 0})
    with pytest.raises(ValueError, match=r"d_mlp is -1, expected at least 0"):
        dataclasses.replace(config, d_mlp=-1)
    for share in (-0.1, 1.0):
        with pytest.raises(ValueError, match=rf"dropout is {share}, expected at least 0 and below 1"):
            dataclasses.replace(config, dropout=share)


def test_presets_refuse_what_they_cannot_be() -> None:
    with pytest.raises(UsageError, match=rf"'eagle'.*{', '.join(PRESETS)}"):
        preset_config("eagle", 65)
    for width in (100, 16, 0, -32):
        with pytest.raises(UsageError, match=rf"width is {width}; .*multiple of 32"):
            preset_config("hawk", 65, d_model=width)
    with pytest.raises(UsageError, match=r"depth is 0; .*at least 1"):
        preset_config("hawk", 65, n_layers=0)


@pytest.mark.parametrize("preset", PRESETS)
def test_presets_scale_with_width_and_depth(preset: str) -> None:
    for d_model, n_layers in ((32, 1), (96, 5)):
        config = preset_config(preset, 11, d_model=d_model, n_layers=n_layers)
        assert (config.preset, config.vocab_size, config.d_model, config.n_layers) == (
            preset,
            11,
            d_model,
            n_layers,
        )
        logits, _ = LanguageModel(config)(torch.zeros(2, 3, dtype=torch.int64))
        assert logits.shape == (2, 3, 11)


def test_presets_are_of_comparable_size() -> None:
    small = [parameters(preset, 100) for preset in PRESETS if preset not in GPU_PRESETS]
    assert min(small) > 380_000 and max(small) < 1_000_000


def test_the_presets_for_a_gpu_are_of_one_size_on_tiny_shakespeare() -> None:
    # A public recipe for a Transformer of 6 layers and width 384 has 10.65 million.
    assert [parameters(preset, 65) for preset in GPU_PRESETS] == [10_458_752, 10_450_560]


def parameters(preset: str, vocab_size: int) -> int:
    return sum(p.numel() for p in LanguageModel(preset_config(preset, vocab_size)).parameters())


def test_presets_are_what_their_names_say() -> None:
    mixers = {
        preset: [
            type(block.mixer).__name__ for block in LanguageModel(preset_config(preset, 9, n_layers=4)).blocks
        ]
        for preset in PRESETS
    }
    assert mixers == {
        "hawk": ["RecurrentBlock"] * 4,
        "griffin": ["RecurrentBlock", "RecurrentBlock", "Attention", "RecurrentBlock"],
        "transformer": ["Attention"] * 4,
        **{core: ["RecurrentBlock"] * 4 for core in ("lru", "s4d", "s5", "mingru", "deltanet", "kda")},
        "kda-hybrid": ["RecurrentBlock", "RecurrentBlock", "RecurrentBlock", "Attention"],
        "mamba": ["MambaBlock"] * 4,
        "mamba2": ["Mamba2Block"] * 4,
        "mamba3": ["Mamba3"] * 4,
        "rnn": ["RNN"] * 4,
        "gru": ["GRU"] * 4,
        "lstm": ["LSTM"] * 4,
        "griffin-gpu": ["RecurrentBlock", "RecurrentBlock", "Attention", "RecurrentBlock"],
        "transformer-gpu": ["Attention"] * 4,
    }
    cores = {
        preset: type(LanguageModel(preset_config(preset, 9)).blocks[0].mixer.core).__name__
        for preset, names in mixers.items()
        if "RecurrentBlock" in names
    }
    assert cores == {
        "hawk": "RGLRU",
        "griffin": "RGLRU",
        "lru": "LRU",
        "s4d": "S4D",
        "s5": "S5",
        "mingru": "MinGRU",
        "deltanet": "DeltaNet",
        "kda": "DeltaRule",
        "kda-hybrid": "DeltaRule",
        "griffin-gpu": "RGLRU",
    }
    for preset in PRESETS:
        without = all(block.mlp is None for block in LanguageModel(preset_config(preset, 9)).blocks)
        assert without == (preset in ("mamba", "mamba2", "mamba3"))
    kda = LanguageModel(preset_config("kda", 9)).blocks[0].mixer.core
    assert (kda.decay, kda.erase, kda.steps) == ("channel", "head", 1)
    hybrid = preset_config("kda-hybrid", 9)
    assert hybrid.window is None and hybrid.rope_fraction == 0 and hybrid.n_layers == 4
    griffin, transformer = preset_config("griffin", 9), preset_config("transformer", 9)
    assert griffin.n_kv_heads == 1 and griffin.rope_fraction == 0.5 and griffin.window is not None
    assert transformer.n_kv_heads == transformer.n_heads and transformer.window is None


def test_dropout_leaves_out_a_share_of_each_branch_in_training_alone() -> None:
    torch.manual_seed(0)
    config = dataclasses.replace(preset_config("hawk", 9, d_model=32, n_layers=1), dropout=0.25)
    model = LanguageModel(config)
    block = model.blocks[0]
    torch.nn.init.zeros_(block.mlp.out.weight)  # first the mixer's branch alone
    x = torch.randn(8, 50, 32)
    with torch.no_grad():
        kept = block.eval()(x)[0] - x
        branch = block.train()(x)[0] - x
    out = branch.abs() < 1e-6
    assert float(out.float().mean()) == pytest.approx(0.25, abs=0.02)
    torch.testing.assert_close(branch[~out], kept[~out] / 0.75, rtol=1e-3, atol=1e-5)
    torch.nn.init.zeros_(block.mixer.out.weight)
    torch.nn.init.normal_(block.mlp.out.weight)
    with torch.no_grad():
        branch = block(x)[0] - x
        assert float((branch == 0).float().mean()) == pytest.approx(0.25, abs=0.02)
        # No two calls are the same in training, all are outside of it, and a step is never random.
        tokens = torch.randint(9, (2, 6))
        assert not torch.equal(model(tokens)[0], model(tokens)[0])
        state = model.initial_state(2)
        assert torch.equal(model.step(tokens[:, 0], state)[0], model.step(tokens[:, 0], state)[0])
        model.eval()
        plain = LanguageModel(dataclasses.replace(config, dropout=0.0))
        plain.load_state_dict(model.state_dict())
        assert torch.equal(model(tokens)[0], plain(tokens)[0])


@pytest.mark.parametrize("preset", PRESETS)
def test_first_loss_is_that_of_a_uniform_guess(preset: str) -> None:
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, 100))
    tokens = torch.randint(100, (4, 65))
    logits, _ = model(tokens[:, :-1])
    loss = F.cross_entropy(logits.flatten(0, 1), tokens[:, 1:].flatten())
    assert float(loss.detach()) == pytest.approx(math.log(100), abs=0.05)


@pytest.mark.parametrize("preset", PRESETS)
def test_initial_scales(preset: str) -> None:
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, 300, n_layers=4))
    d = model.config.d_model
    assert float(model.embedding.weight.detach().std()) * d**0.5 == pytest.approx(1, abs=0.02)
    assert float(model.head.weight.detach().std()) * d**0.5 == pytest.approx(0.1, abs=0.002)
    for block in model.blocks:
        assert hasattr(block.mixer, "out") == (preset not in ("rnn", "gru", "lstm"))
        ends = [part.out for part in (block.mixer, block.mlp) if hasattr(part, "out")]
        assert len(ends) == 1 + (block.mlp is not None and hasattr(block.mixer, "out"))
        for layer in ends:
            std = float(layer.weight.detach().std())
            assert std == pytest.approx(math.sqrt(2 / 4 / layer.in_features), rel=0.03)


def test_the_stack_is_what_the_formula_says() -> None:
    torch.manual_seed(0)
    model = LanguageModel(preset_config("hawk", 7, d_model=32, n_layers=2)).double()
    torch.nn.init.normal_(model.norm.weight)
    tokens = torch.randint(7, (2, 5))
    x = math.sqrt(32) * model.embedding.weight[tokens]
    for block in model.blocks:
        x, _ = block(x)
    x = x / (x.square().mean(-1, keepdim=True) + 1e-6).sqrt() * model.norm.weight
    torch.testing.assert_close(model(tokens)[0], x @ model.head.weight.T, rtol=1e-10, atol=1e-10)


def test_tied_weights_are_one_tensor() -> None:
    tied, untied = (Stack(50, 32, (), tied=tied) for tied in (True, False))
    assert tied.head.weight is tied.embedding.weight
    count = [sum(p.numel() for p in model.parameters()) for model in (tied, untied)]
    assert count[1] - count[0] == 50 * 32


@pytest.mark.parametrize("preset", PRESETS)
def test_state_is_flat_and_constant_unless_attention_is_global(preset: str) -> None:
    model = LanguageModel(preset_config(preset, 9, d_model=32))
    tokens = torch.randint(9, (2, 300))

    def size(state: tuple[torch.Tensor, ...]) -> int:
        assert all(type(s) is torch.Tensor and s.shape[0] == 2 for s in state)
        return sum(s.numel() * s.element_size() for s in state)

    with torch.no_grad():
        _, early = model(tokens[:, :10])
        _, late = model(tokens)
        _, later = model.step(tokens[:, 0], late)
    sizes = [size(state) for state in (model.initial_state(2), early, late, later)]
    global_attention = preset.startswith("transformer") or preset == "kda-hybrid"
    assert (len(set(sizes)) > 1) == model.state_grows == global_attention


def test_a_wrong_state_is_named() -> None:
    model = LanguageModel(preset_config("griffin", 9, d_model=32))
    with pytest.raises(ValueError, match=r"state holds 8 tensors, expected 9"):
        model.step(torch.zeros(1, dtype=torch.int64), model.initial_state(1)[1:])
    with pytest.raises(ValueError, match=r"state has shapes"):
        model(torch.zeros(2, 3, dtype=torch.int64), model.initial_state(1))


def small(preset: str = "gru") -> LanguageModel:
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, 9, d_model=32, n_layers=3)).double().eval()
    torch.nn.init.normal_(model.head.weight)
    return model


def small_tied() -> Stack:
    model = Stack(9, 32, small().blocks, tied=True, scale=32**0.5)
    torch.nn.init.normal_(model.embedding.weight, std=32**-0.5)
    return model.double().eval()


TOKENS = torch.randint(9, (2, 7), generator=torch.Generator().manual_seed(1))


def by_steps(model: LanguageModel) -> torch.Tensor:
    state, logits = model.initial_state(2), []
    for token in TOKENS.unbind(1):
        step, state = model.step(token, state)
        logits.append(step)
    return torch.stack(logits, 1)


class Anybodys(torch.nn.Module):
    """A layer that keeps the contract and is none of ours."""

    def __init__(self, layer: Layer) -> None:
        super().__init__()
        self.forward, self.step, self.initial_state = layer.__call__, layer.step, layer.initial_state


def test_blocks_may_be_taken_out_put_in_and_exchanged() -> None:
    model = small()
    first, second, third = model.blocks
    other = small("hawk").blocks[0]  # with another number of states
    arrangements = [[first, third], [third, second, first], [first, other, third, third], [other], []]
    for blocks in arrangements:
        x = model.embedding(TOKENS) * 32**0.5
        for block in blocks:
            x, _ = block(x)
        model.blocks = torch.nn.ModuleList(blocks)
        torch.testing.assert_close(model(TOKENS)[0], model.head(model.norm(x)), rtol=0, atol=0)
        torch.testing.assert_close(by_steps(model), model(TOKENS)[0])
    model.blocks = torch.nn.ModuleList([first, third])
    expected = model(TOKENS)[0]
    model.blocks = torch.nn.ModuleList([first, torch.nn.Identity(), third])
    assert torch.equal(model(TOKENS)[0], expected) and len(model.initial_state(2)) == 2
    model.blocks[1] = second
    for mixer in (other.mixer, Anybodys(other.mixer)):
        model.blocks[1].mixer = mixer
        torch.testing.assert_close(by_steps(model), model(TOKENS)[0])
    model.blocks = torch.nn.ModuleList(small("transformer").blocks)
    assert model.state_grows


def test_a_tied_head_stays_tied(tmp_path: Path) -> None:
    model = small_tied()
    weights = {name: w.clone() for name, w in model.state_dict().items()}
    with torch.device("meta"):
        empty = small_tied()
        assigned = copy.deepcopy(empty)
    empty.to_empty(device="cpu").load_state_dict(weights)
    assigned.load_state_dict(weights, assign=True)
    for one in (model, empty, assigned, copy.deepcopy(model), copy.deepcopy(empty).float().double()):
        expected = one.norm(
            functools.reduce(lambda x, b: b(x)[0], one.blocks, 32**0.5 * one.embedding(TOKENS))
        )
        assert torch.equal(one.eval()(TOKENS)[0], expected @ one.embedding.weight.T)
        assert one.head.weight is one.embedding.weight
        assert [n for n, _ in one.named_parameters()].count("embedding.weight") == 1
        assert "head.weight" not in dict(one.named_parameters())
        before = one.head.weight.detach().clone()
        optimizer = torch.optim.SGD(one.parameters(), lr=1.0)
        one(TOKENS)[0].square().mean().backward()
        optimizer.step()
        assert not torch.equal(before, one.head.weight)
        assert one.head.weight is one.embedding.weight
    save_checkpoint(tmp_path, model, {}, 1)
    load_checkpoint(tmp_path, assigned)
    assert torch.equal(assigned(TOKENS)[0], model(TOKENS)[0])


@pytest.mark.parametrize("tied", [False, True])
def test_hooks_on_every_part_are_heard(tied: bool) -> None:
    model, heard = small_tied() if tied else small(), []
    for part in (model.embedding, *model.blocks, model.norm, model.head):
        part.register_forward_hook(lambda part, *_: heard.append(part))
    parts = [model.embedding, *model.blocks, model.norm, model.head]
    model(TOKENS)
    assert heard == parts
    heard.clear()
    model.step(TOKENS[:, 0], model.initial_state(2))
    assert heard == [model.embedding, model.norm, model.head]  # a block's step is a method of its own
    model.head.register_forward_hook(lambda *_: torch.zeros(1))
    assert torch.equal(model(TOKENS)[0], torch.zeros(1))


def test_only_the_last_logits() -> None:
    for preset in ("hawk", "griffin", "transformer"):
        model = small(preset)
        logits, state = model(TOKENS)
        last, after = model(TOKENS, only_last=True)
        assert last.shape == (2, 1, 9)
        torch.testing.assert_close(last, logits[:, -1:])
        assert all(torch.equal(a, b) for a, b in zip(state, after, strict=True))
