"""The script's tiny version, the data that it measures on, and its verdict on invented accuracies."""

import importlib
from pathlib import Path

import numpy as np
import pytest

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    script = importlib.import_module("induction_heads")
    monkeypatch.setattr(script, "side_by_side", lambda function, jobs: [function(*job) for job in jobs])
    return script


def test_the_tiny_run(script, capsys):
    results = script.main(["--quick"])
    assert tuple(results["layers"]) == script.LAYERS
    for found in results["layers"].values():
        (run,) = found["runs"]
        assert found["median"] == run["accuracy"]
        assert set(run["accuracy"]) == {64, 512}
        # Two steps teach nothing: a guess among 16 symbols, on 16 sequences.
        assert max(run["accuracy"].values()) < 0.5
        assert 1.5 < run["validation loss"] < 6
        assert 15_000 < run["parameters"] < 40_000
    assert results["chance"] == 1 / 16
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in results["verdict"])


def test_the_batches_hold_every_sequence_once(script):
    settings = script.SETTINGS | {"test sequences": 10}
    batches = script.test_batches(8192, settings, script.TEST)
    assert [batch.inputs.shape for batch in batches] == [(4, 8192), (4, 8192), (2, 8192)]
    for batch in batches:
        for row, target, mask in zip(batch.inputs, batch.targets, batch.mask, strict=True):
            first, last = np.flatnonzero(row == settings["symbols"])
            assert last == 8191 and row[first + 1] == target[-1] and mask.sum() == mask[-1] == 1
    other = script.test_batches(8192, settings, script.VALIDATION)
    assert not np.array_equal(other[0].inputs, batches[0].inputs)


def test_the_verdict(script):
    lengths = (64, 128, 256, 512, 1024)
    good, bad, chance = ([1.0] * 5, [1.0, 0.7, 0.2, 0.1, 0.1], [0.06] * 5)
    fading = [1.0, 1.0, 1.0, 0.99, 0.8]

    def said(mamba, lru, attention):
        scores = {"mamba": mamba, "lru": lru, "attention": attention}
        median = {name: dict(zip(lengths, found, strict=True)) for name, found in scores.items()}
        return script.verdict(median, 1 / 16)

    claims = said(good, chance, bad)
    assert all(claims[claim] == (claim != "attention still perfect at twice that") for claim in claims)
    claims = said(fading, bad, good)
    assert claims["mamba perfect (99%) up to 512"] and not claims["mamba perfect (99%) up to 1024"]
    assert not claims["mamba above attention at all lengths beyond"]
    assert claims["attention still perfect at twice that"]
    assert not claims["attention below one half beyond twice that"]
    assert not claims["lru below twice chance at all lengths"]
    assert not said([1.0, 0.9, 1.0, 1.0, 1.0], chance, bad)["mamba perfect (99%) up to 512"]
