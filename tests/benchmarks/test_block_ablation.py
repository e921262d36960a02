"""That each part is really taken out, the script's tiny version, and its verdict."""

import dataclasses
import importlib
import math
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

from minirnn.text.corpus import load

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("block_ablation")


@pytest.fixture
def models(script):
    """models(part): the model without that part, and the block of a recurrence in it."""

    def make(part):
        torch.manual_seed(0)
        model = script.without(part, script.build(script.DESIGNS["1/4"], 20, script.SETTINGS))
        return model, model.blocks[0]

    return make


@pytest.fixture
def x():
    return torch.randn(2, 9, 32, generator=torch.Generator().manual_seed(1))


def test_the_whole_block(models, x):
    block = models("the whole block")[1]
    y = x + block.mixer(block.norm_mixer(x))[0]
    torch.testing.assert_close(block(x)[0], y + block.mlp(block.norm_mlp(y)))


def test_without_norm(models, x):
    block = models("norm")[1]
    y = x + block.mixer(x)[0]
    torch.testing.assert_close(block(x)[0], y + block.mlp(y))


def test_without_residual(models, x):
    block = models("residual")[1]
    y = block.mixer(block.norm_mixer(x))[0]
    torch.testing.assert_close(block(x)[0], block.mlp(block.norm_mlp(y)))


def test_without_mlp(models, x):
    block = models("MLP")[1]
    torch.testing.assert_close(block(x)[0], x + block.mixer(block.norm_mixer(x))[0])


def test_without_convolution(models, x):
    mixer = models("convolution")[1].mixer
    assert torch.equal(mixer.conv(x)[0], x)
    gate, u = mixer.into(x).chunk(2, -1)
    torch.testing.assert_close(mixer(x)[0], mixer.out(F.gelu(gate) * mixer.core(u)[0]))


def test_without_gate(models, x):
    mixer = models("gate")[1].mixer
    torch.testing.assert_close(mixer(x)[0], mixer.out(mixer.core(mixer.conv(mixer.into(x))[0])[0]))


def test_without_a_decay_that_listens(models, x):
    core = models("decay that listens")[1].mixer.core
    with torch.no_grad():
        core.gate_bias.copy_(torch.randn_like(core.gate_bias))
    gates = core._gates(x, torch.float32)
    assert torch.equal(gates, gates[:, :1, :1].expand_as(gates)) and gates.std() > 0.1


def test_what_is_out_is_not_trained_and_the_rest_is(script, models):
    """Three recurrent blocks of width 32 and one of attention."""
    whole = script.trained(models("the whole block")[0])
    out = {
        "norm": 4 * 2 * 32,
        "convolution": 3 * (4 + 1) * 32,
        "gate": 3 * 32 * 32,
        "decay that listens": 3 * 4 * 8 * 16,
        "MLP": 4 * (32 + 3 * 32 * 64),  # and the norm before it
        "residual": 0,
    }
    out["MLP"] -= 4 * 32  # the norm stays, unused
    for part, weights in out.items():
        model = models(part)[0]
        assert whole - script.trained(model) == weights, part
        model(torch.zeros(1, 5, dtype=torch.int64))[0].sum().backward()
        unused = [name for name, p in model.named_parameters() if p.requires_grad and p.grad is None]
        assert all("norm_mlp" in name for name in unused) and (part == "MLP" or not unused), part


def test_the_tiny_run(script, monkeypatch, capsys):
    corpus = load("pydoc")
    short = dataclasses.replace(corpus, val=corpus.val[:600])
    monkeypatch.setattr(script, "load", lambda name: short)
    monkeypatch.setattr(script, "side_by_side", lambda work, jobs: [work(*job) for job in jobs])
    results = script.main(["--quick"])
    assert tuple(results["parts"]) == script.PARTS
    for found in results["parts"].values():
        assert len(found["loss"]["runs"]) == results["settings"]["seeds"]
        assert {found["rate"], *(run["rate"] for run in found["other rates"])} == {3e-3, 1e-2}
        for run in (loss for loss in found["loss"]["runs"] if loss is not None):
            assert 3 < run < 6
    assert "decay that listens" in capsys.readouterr().out


def parts(script, **changes):
    loss = dict.fromkeys(script.PARTS, 1.6) | {"the whole block": 1.5, "residual": 1.9} | changes
    return {part: {"loss": {"mean": mean, "runs": [mean]}, "parameters": 1} for part, mean in loss.items()}


def test_the_verdict(script):
    assert all(script.verdict(parts(script)).values())
    failed = [claim for claim, held in script.verdict(parts(script, gate=1.49)).items() if not held]
    assert failed == ["the loss is higher without: gate"]
    failed = [claim for claim, held in script.verdict(parts(script, norm=None)).items() if not held]
    assert failed == ["the residual is worth most"]
    assert script.verdict(parts(script, norm=math.inf)) == script.verdict(parts(script, norm=None))


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    found = parts(script, norm=None)
    found["norm"]["loss"]["runs"] = [1.7, None]
    script.draw({"parts": found})
    page = (tmp_path / "reproduce-block-ablation.svg").read_text(encoding="utf-8")
    for words in ("Without norm: exploded in 1 of 2.", "Without residual: 1.900.", "The whole block: 1.500."):
        assert words in page
    assert "1.900 \N{RIGHTWARDS ARROW}" in page  # far to the right, in words
