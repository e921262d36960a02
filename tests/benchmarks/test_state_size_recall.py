"""The script's tiny version, what is counted as state, and that both layers can be taught to recall."""

import importlib
from pathlib import Path

import pytest
import torch

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("state_size_recall")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert (results["chance"], results["one of the values shown"]) == (1 / 8, 1 / 6)
    assert list(results["recall"]) == ["attention", "d_state 1", "d_state 4"]
    for cell in results["recall"].values():
        assert [run["seed"] for run in cell["runs"]] == [0, 1]
        tests = [run["test"] for run in cell["runs"]]
        assert cell["median"] == sum(tests) / 2 and max(tests) < 0.5  # nothing leaks from the targets
        assert {run["steps"] for run in cell["runs"]} == {3}
        assert {cell["rate"], cell["other rates"][0]["rate"]} == set(script.SETTINGS["rates"])
        assert cell["runs"][0]["validation"] >= cell["other rates"][0]["validation"]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


@pytest.mark.parametrize("d_state", [0, 1, 16])
def test_the_numbers_in_the_state_are_those_of_the_layer(script, d_state):
    settings = script.SETTINGS
    block = script.core(d_state, settings)
    _, state = block(torch.randn(1, settings["length"], settings["width"]))
    kept = sum(
        part.numel() for part in state[1:] if part.is_floating_point()
    )  # the convolution's comes first
    assert kept == script.state_numbers(d_state, settings)


@pytest.mark.parametrize("d_state", [0, 8])
def test_one_pair_is_recalled_and_the_run_ends_then(script, d_state):
    settings = script.QUICK | {"n_pairs": 1, "vocab_size": 8, "length": 8, "steps": 400}
    found = script.train(d_state, 1e-2, 0, settings)
    assert found["test"] > 0.95 and found["validation"] > 0.95
    assert script.LOOK_BACK <= found["steps"] < 400 and found["loss"] < settings["ends at a loss of"]


def test_the_verdict(script):
    hoped = {0: 1.0, 1: 0.5, 4: 0.8, 16: 0.97}
    assert all(script.verdict(hoped).values())

    def broken(size, share):
        return [claim for claim, held in script.verdict(hoped | {size: share}).items() if not held]

    assert broken(4, 0.4) == ["more is recalled with d_state 4 than with 1"]
    assert "attention recalls 95 % or more" in broken(0, 0.9)
    assert "attention recalls at least as much as Mamba-2 with d_state 16" in broken(0, 0.96)
    assert broken(16, 0.9) == ["Mamba-2 with d_state 16 is within 5 points of attention"]
    assert "Mamba-2 with d_state 1 does not" in broken(1, 0.96)


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    recall = {
        script.title(n): {"median": m, "runs": [{"test": m}]} for n, m in ((0, 0.998), (1, 0.41), (8, 0.905))
    }
    settings = script.SETTINGS | {"d_states": [1, 8]}
    script.draw({"settings": settings, "one of the values shown": 1 / 6, "recall": recall})
    page = (tmp_path / "reproduce-state-size-recall.svg").read_text(encoding="utf-8")
    for words in ("Mamba-2, d_state 1: 41.0%", "Mamba-2, d_state 8: 90.5%", "Attention: 99.8%"):
        assert words in page
