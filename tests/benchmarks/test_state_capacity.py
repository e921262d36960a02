"""The script's tiny version, and its readings against sums over the pairs that are written out."""

import importlib
from pathlib import Path

import pytest
import torch
import torch.nn.functional as F

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("state_capacity")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert list(results["pairs"]) == ["4 pairs", "8 pairs"]
    for row in results["pairs"].values():
        assert row[2]["state"] < row[64]["state"] == 1.0
        assert row[2]["state"] == pytest.approx(sum(row[2]["state, each seed"]) / 2, abs=1e-4)
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


def test_one_pair_is_always_held_and_with_one_dimension_many_are_not(script):
    settings = script.QUICK | {"trials": 50}
    assert script.recall(1, 1, 0, settings) == {"state": 1.0, "attention": 1.0}
    assert script.recall(32, 1, 0, settings)["state"] < 0.25


@pytest.mark.parametrize("d_state", [2, 8])
def test_the_state_reads_as_the_sum_over_the_pairs(script, d_state):
    settings, n = script.QUICK | {"trials": 5}, 6
    generator = torch.Generator().manual_seed(3)
    keys = F.normalize(torch.randn(5, n, d_state, generator=generator), dim=-1)
    table = F.normalize(torch.randn(settings["values"], settings["head_dim"], generator=generator), dim=-1)
    tokens = torch.rand(5, settings["values"], generator=generator).argsort(-1)[:, :n]
    right = soft = 0
    for trial in range(5):
        for i in range(n):
            alike = keys[trial] @ keys[trial, i]
            read = sum(alike[j] * table[tokens[trial, j]] for j in range(n))
            right += int((table @ read).argmax() == tokens[trial, i])
            read = (settings["sharpness"] * alike).softmax(0) @ table[tokens[trial]]
            soft += int((table @ read).argmax() == tokens[trial, i])
    found = script.recall(n, d_state, 3, settings)
    assert found == {"state": round(right / 30, 4), "attention": round(soft / 30, 4)}


def test_the_verdict(script):
    def row(*scores, attention=1.0):
        return {2**i: {"state": score, "attention": attention} for i, score in enumerate(scores)}

    def failed(few, many):
        return [
            claim for claim, held in script.verdict({"4 pairs": few, "8 pairs": many}).items() if not held
        ]

    assert failed(row(0.5, 0.96), row(0.2, 0.5)) == []
    assert failed(row(0.96, 0.95), row(0.2, 0.5)) == ["4 pairs: no larger d_state recalls less"]
    assert failed(row(0.5, 0.96), row(0.2, 0.96)) == ["more pairs need a larger d_state for 95 %"]
    low = failed(row(0.5, 0.96, attention=0.9), row(0.2, 0.5))
    assert low == ["attention recalls at least as much at each d_state"]


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    script.draw(
        {"settings": {"d_states": [1, 8]}, "pairs": {"4 pairs": {1: {"state": 0.25}, 8: {"state": 0.9}}}}
    )
    page = (tmp_path / "reproduce-state-capacity.svg").read_text(encoding="utf-8")
    assert "4 pairs: 25% with 1, 90% with 8." in page
