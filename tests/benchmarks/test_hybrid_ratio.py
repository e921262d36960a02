"""The script's tiny version, what it counts as a repeat, the bytes of its states, and its verdict."""

import dataclasses
import importlib
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.lm.evaluate import evaluate_window
from minirnn.text.corpus import load

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("hybrid_ratio")
    corpus = load("pydoc")
    short = dataclasses.replace(corpus, val=corpus.val[:1500])
    monkeypatch.setattr(script, "load", lambda name: short)
    monkeypatch.setattr(script, "side_by_side", lambda work, jobs: [work(*job) for job in jobs])
    return script


def test_the_tiny_run(script, capsys):
    results = script.main(["--quick"])
    assert results["chance"] == 1 / 8
    designs = results["designs"]
    assert list(designs) == ["0", "1/4", "1/2", "1", "1/4, window 16"]
    assert [found["share"] for found in designs.values()] == [0, 0.25, 0.5, 1, 0.25]
    sizes = [found["parameters"] for found in designs.values()]
    assert max(sizes) < 1.03 * min(sizes)
    for found in designs.values():
        assert len(found["loss"]["runs"]) == len(found["recall"]["runs"]) == results["settings"]["seeds"]
        assert found["loss"] == found["extrapolation"][128]
        assert found["recall"] == found["recall by length"][32]
        assert list(found["extrapolation"]) == [128, 1024]
        # Two steps teach next to nothing: no answer can leak from the targets.
        assert max(found["recall"]["runs"]) < 0.2 and min(found["loss"]["runs"]) > 3
    assert set(results["verdict"].values()) <= {True, False}
    assert "1/4, window 16" in capsys.readouterr().out


def test_recall_can_be_taught(script):
    """One pair, and its key at once again: nothing has to be looked for."""
    recall = script.SETTINGS["recall"] | {
        "steps": 60,
        "tokens": 256,
        "vocabulary": 8,
        "pairs": [1],
        "lengths": [4],
        "test sequences": 64,
    }
    for name in ("0", "1"):
        found = script.on_recall(name, 0, script.SETTINGS | {"recall": recall})
        assert found["pairs"][1] == found["lengths"][4] > 0.9


def test_a_repeat_is_what_stood_before(script):
    rows = np.random.default_rng(0).integers(0, 3, (4, 40))

    def stood(row, at):
        return any((row[i - 2 : i + 1] == row[at - 2 : at + 1]).all() for i in range(2, at))

    expected = [[at >= 2 and stood(row, at) for at in range(40)] for row in rows]
    assert script.follows_a_repeat(rows, 3).tolist() == expected
    assert not script.follows_a_repeat(rows[:, :3], 3).any()
    assert script.follows_a_repeat(np.tile(np.arange(7), (1, 3)))[0].tolist() == [False] * 12 + [True] * 9
    with pytest.raises(ValueError, match="do not fit into one number"):
        script.follows_a_repeat(np.full((1, 9), 2000))


def test_repeats_and_others_together_are_all(script):
    ids = script.load("pydoc").val[:1281]
    torch.manual_seed(0)
    model = script.build(script.DESIGNS["1/4"], 103, script.SETTINGS)
    found = script.repeats_and_others(model, ids, 128)
    share = found["share of repeats"]
    assert 0 < share < 1
    whole = share * found["repeats"] + (1 - share) * found["others"]
    assert whole == pytest.approx(evaluate_window(model, ids, 128), abs=1e-3)


def test_the_bytes_of_a_state(script):
    """Recurrence: 32 states, 3 inputs of 32, a flag. Attention: a key and a value of 32, a counter."""
    recurrent, key_and_value = 4 * (32 + 3 * 32) + 1, 2 * 4 * 32
    for name, kinds in {
        "0": (4, 0, 0),
        "1/2": (2, 2, 0),
        "1": (0, 4, 0),
        "1/4, window 16": (3, 0, 1),
    }.items():
        for tokens in (16, 1000):
            slots = kinds[1] * tokens + kinds[2] * 16
            expected = kinds[0] * recurrent + slots * key_and_value + 8 * (kinds[1] + kinds[2])
            assert script.state_bytes(script.DESIGNS[name], 64, script.SETTINGS, tokens) == expected


def designs(script, **changes):
    """What the papers would have found, but for the changes: name and what, as in loss_1."""
    loss = {"0": 1.48, "1/4": 1.47, "1/2": 1.47, "1": 1.48, "1/4, window 16": 1.47}
    recall = {"0": 0.3, "1/4": 0.96, "1/2": 0.97, "1": 0.98, "1/4, window 16": 0.7}
    beyond = {"0": 1.4, "1/4": 1.45, "1/2": 1.5, "1": 2.5, "1/4, window 16": 1.4}
    repeats = {"0": 0.65, "1/4": 0.6, "1/2": 0.6, "1": 0.6, "1/4, window 16": 0.62}
    found = {"loss": loss, "recall": recall, "beyond": beyond, "repeats": repeats}
    for change, value in changes.items():
        what, name = change.split("_")
        found[what][name.replace("quarter", "1/4").replace("half", "1/2")] = value

    def both(value):
        return {"mean": value, "runs": [value, value]}

    return {
        name: {
            "share": design.share,
            "window": design.window,
            "loss": both(found["loss"][name]),
            "repeats": both(found["repeats"][name]),
            "others": both(1.6),
            "recall": both(found["recall"][name]),
            "extrapolation": {128: both(found["loss"][name]), 1024: both(found["beyond"][name])},
        }
        for name, design in script.DESIGNS.items()
    }


@pytest.mark.parametrize(
    ("changes", "fallen"),
    [
        ({}, []),
        ({"loss_1": 1.6}, ["within 0.05"]),
        ({"recall_quarter": 0.94}, ["solves it"]),
        ({"recall_1": 0.9}, ["no share recalls less"]),
        ({"repeats_quarter": 0.66}, ["repeats gain"]),
        ({"beyond_0": 1.49}, ["without attention, the loss is lower"]),
        ({"beyond_1": 1.4}, ["with global attention alone"]),
        ({"recall_0": 0.97}, ["every seed is above", "solves it", "no share recalls less"]),
    ],
)
def test_the_verdict(script, changes, fallen):
    verdict = script.verdict(designs(script, **changes), [128, 1024])
    failed = [claim for claim, held in verdict.items() if not held]
    assert len(failed) == len(fallen)
    assert all(any(words in claim for claim in failed) for words in fallen)


def test_the_local_window_in_the_verdict(script):
    found = designs(script)
    found["1/4, window 16"]["recall"]["mean"] = 0.97
    found["1/4, window 16"]["extrapolation"][1024]["mean"] = 1.5
    failed = [claim for claim, held in script.verdict(found, [128, 1024]).items() if not held]
    assert len(failed) == 2 and all("local" in claim for claim in failed)


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    settings = script.SETTINGS | {"text": {"windows": [128, 1024]}}
    results = {"settings": settings, "chance": 1 / 8, "designs": designs(script)}
    script.draw(results)
    page = (tmp_path / "reproduce-hybrid-ratio.svg").read_text(encoding="utf-8")
    results["designs"] = {int(n) if n.isdigit() else n: found for n, found in designs(script).items()}
    script.draw(results)  # as redraw.py has it
    assert (tmp_path / "reproduce-hybrid-ratio.svg").read_text(encoding="utf-8") == page
    for words in (
        "recall, share 1/4: 0.960.",
        "loss, share 1: 1.480.",
        "share 1: 1.480 of 128, 2.500 of 1024.",
    ):
        assert words in page
