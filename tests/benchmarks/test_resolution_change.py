"""The script's tiny version, its conversions against the steps that they stand for, and its task."""

import importlib
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.layers.lru import LRU
from minirnn.layers.s4d import S4D

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("resolution_change")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert results["chance"] == 1 / 12
    assert list(results["layers"]) == ["S4D", "LRU", "GRU"]
    for name, found in results["layers"].items():
        assert [run["seed"] for run in found["runs"]] == [0, 1]
        asked = {script.FULL, script.HALF, script.TWICE}
        assert set(found["median"]) == asked | ({script.CONVERTED[name]} if name != "GRU" else set())
        for how, median in found["median"].items():
            scores = [run["test"][how]["right"] for run in found["runs"]]
            assert median["right"] == sum(scores) / 2 and max(scores) < 0.5  # nothing leaks from the targets
        assert found["runs"][0]["validation"] >= found["other rates"][0]["validation"]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


@pytest.mark.parametrize("make", [lambda: S4D(3, 8), lambda: LRU(3, 5)], ids=["S4D", "LRU"])
def test_the_converted_layer_does_in_one_step_what_it_did_in_two(script, make):
    torch.manual_seed(0)
    layer = torch.nn.Sequential(make().double())
    x = torch.randn(2, 9, 3, dtype=torch.float64)
    before = {name: p.clone() for name, p in layer.named_parameters()}
    fast, _ = script.two_steps_in_one(layer)[0](x)
    slow, _ = layer[0](x.repeat_interleave(2, 1))
    torch.testing.assert_close(fast, slow[:, 1::2])
    assert not torch.allclose(fast, layer[0](x)[0])
    assert all(torch.equal(p, before[name]) for name, p in layer.named_parameters())


def test_the_notes_are_where_they_are_said_to_be(script):
    """Without noise, and with notes that go round a whole number of times: the spectrum has one peak."""
    settings = script.SETTINGS | {"noise": 0.0, "lowest": 2.0}
    batch = script.notes(400, settings, seed=0)
    inputs, note = batch.inputs[..., 0], batch.targets[:, 0]
    assert batch.inputs.dtype == np.float32 and set(note) == set(range(12))
    assert (batch.targets == note[:, None]).all() and batch.mask.sum() == 400 and batch.mask[:, -1].all()
    for octave in range(3):
        those = inputs[note == octave * script.OCTAVE]
        assert set(np.abs(np.fft.rfft(those)).argmax(1)) == {2 * 2**octave}
        # At half the rate, with steps as long as before, that is the note an octave up.
        assert set(np.abs(np.fft.rfft(np.tile(those[:, ::2], 2))).argmax(1)) == {4 * 2**octave}


def test_half_the_rate_can_hold_the_highest_note(script):
    settings = script.SETTINGS
    highest = settings["lowest"] * 2 ** ((settings["notes"] - 1) / script.OCTAVE)
    assert round(highest, 1) == 14.8 < settings["samples"] / 4 == 16


def test_scores_count_octaves_only_where_there_is_one(script):
    note = np.array([0, 1, 7, 8, 11])
    assert script.score(note, note, 12) == {"right": 1.0, "an octave up": 0.0}
    assert script.score(note + 4, note, 12) == {"right": 0.0, "an octave up": 1.0}
    assert script.score(np.array([4, 5, 0, 8, 0]), note, 12) == {"right": 0.2, "an octave up": 0.6667}


def test_notes_can_be_learnt(script):
    """Two notes an octave apart, a few steps: the model is in order."""
    settings = script.SETTINGS | {"notes": 5, "samples": 32, "steps": 80, "noise": 0.1, "examples": 128}
    found = script.train("LRU", 1e-2, 0, settings)
    assert found["test"][script.FULL]["right"] > 0.5


def results_of(script, right, up=1.0):
    """What `study` gives, with these shares right; up: of the notes at half the rate, an octave up."""
    return {
        name: {
            how: {"right": share, "an octave up": up if how == script.HALF else 0.0}
            for how, share in right[name].items()
        }
        for name in script.LAYERS
    }


@pytest.fixture
def hoped(script):
    common = {script.FULL: 1.0, script.HALF: 0.1, script.TWICE: 0.97}
    return {
        name: common | ({script.CONVERTED[name]: 0.98} if name != "GRU" else {}) for name in script.LAYERS
    }


def test_the_verdict(script, hoped):
    assert all(script.verdict(results_of(script, hoped)).values())

    def broken(name, how, share):
        changed = hoped | {name: hoped[name] | {how: share}}
        return [claim for claim, held in script.verdict(results_of(script, changed)).items() if not held]

    assert broken("GRU", script.FULL, 0.94) == ["all three learn it at the full rate (95 % or more)"]
    assert broken("LRU", script.HALF, 0.6) == [
        "at half the rate, as they are, all three name fewer than half"
    ]
    assert broken("S4D", script.CONVERTED["S4D"], 0.9) == ["S4D with delta doubled loses less than 5 points"]
    assert broken("LRU", script.CONVERTED["LRU"], 0.9) == ["LRU with Lambda squared loses less than 5 points"]
    assert len(broken("GRU", script.TWICE, 0.9)) == 1
    low = script.verdict(results_of(script, hoped, up=0.4))
    assert [claim for claim, held in low.items() if not held] == [
        "what they say then is mostly the note an octave up"
    ]


def test_the_figure_says_its_numbers(script, hoped, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    medians = results_of(script, hoped, up=0.87)
    layers = {name: {"median": median, "runs": [{"test": median}]} for name, median in medians.items()}
    script.draw({"settings": script.SETTINGS, "chance": 1 / 12, "layers": layers})
    page = (tmp_path / "reproduce-resolution-change.svg").read_text(encoding="utf-8")
    for words in ("S4D, half rate, delta doubled: 98.0%", "87% an octave up", "Chance: 8.3%"):
        assert words in page
