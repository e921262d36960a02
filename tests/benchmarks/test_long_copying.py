"""The script's tiny version, and that both layers can be taught what needs no memory."""

import importlib
import math
from pathlib import Path

import pytest
import torch

from minirnn.layers.shared.discretize import DELTA_RANGE

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("long_copying")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert results["chance"] == 1 / 8
    assert list(results["layers"]) == ["S4D", "LSTM"]
    for row in results["layers"].values():
        assert list(row) == [2, 4]
        for cell in row.values():
            assert [run["seed"] for run in cell["runs"]] == [0, 1]
            tests = [run["test"] for run in cell["runs"]]
            assert cell["median"] == sum(tests) / 2 and max(tests) < 0.5  # nothing leaks from the targets
            assert {run["steps"] for run in cell["runs"]} == {3}
            assert {cell["rate"], cell["other rates"][0]["rate"]} == set(script.SETTINGS["rates"])
            assert cell["runs"][0]["validation"] >= cell["other rates"][0]["validation"]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


@pytest.mark.parametrize("name", ["S4D", "LSTM"])
def test_both_can_copy_what_has_just_come_and_end_when_they_can(script, name):
    settings = script.QUICK | {"n_data": 1, "steps": 400}
    found = script.train(name, 0, 1e-2, 0, settings)
    assert found["test"] == found["validation"] == 1.0
    assert script.LOOK_BACK <= found["steps"] < 400 and found["loss"] < settings["ends at a loss of"]


def test_the_forget_gate_starts_with_one_more(script):
    torch.manual_seed(0)
    found = script.lstm().bias_ih
    torch.manual_seed(0)
    plain = script.LSTM(script.WIDTH, script.WIDTH).bias_ih
    added = torch.zeros(4, script.WIDTH)
    added[1] = 1.0  # the order is i, f, g, o
    assert torch.allclose(found - plain, added.flatten())


def test_what_the_docstring_says_of_sizes_and_half_lives(script):
    sizes = {
        name: script.parameters(script.TaskModel(make, script.WIDTH, 2, 10, 10, script.WIDTH))
        for name, make in script.LAYERS.items()
    }
    assert round(sizes["LSTM"] / sizes["S4D"], 1) == 2.6
    longest, shortest = (math.log(2) / (0.5 * delta) for delta in DELTA_RANGE)
    assert (round(shortest), round(longest)) == (14, 1386)
    assert all(words in script.__doc__ for words in ("2.6 times", "14 to 1,386 steps"))


def test_the_verdict(script):
    hoped = {"S4D": {10: 1.0, 100: 0.96}, "LSTM": {10: 0.97, 100: 0.13}}
    assert all(script.verdict(hoped, 1 / 8).values())

    def broken(name, wait, share):
        changed = hoped | {name: hoped[name] | {wait: share}}
        return [claim for claim, held in script.verdict(changed, 1 / 8).items() if not held]

    assert broken("S4D", 100, 0.94) == ["S4D solves all waits (95 % or more)"]
    assert broken("LSTM", 10, 0.9) == ["the LSTM solves the shortest wait"]
    assert broken("LSTM", 100, 0.3) == ["at the longest wait the LSTM is within 5 points of a guess"]
    assert "the LSTM does not solve the longest" in broken("LSTM", 100, 0.98)
    assert "the longer the wait, the worse the LSTM" in broken("LSTM", 100, 0.98)


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    cells = {10: {"median": 0.987, "runs": [{"test": 0.987}]}, 100: {"median": 0.5, "runs": [{"test": 0.5}]}}
    settings = script.SETTINGS | {"waits": [10, 100]}
    script.draw({"settings": settings, "chance": 1 / 8, "layers": dict.fromkeys(script.LAYERS, cells)})
    page = (tmp_path / "reproduce-long-copying.svg").read_text(encoding="utf-8")
    for words in ("S4D after 10 blanks: 98.7%", "LSTM after 100 blanks: 50.0%", "A guess: 12.5%"):
        assert words in page
