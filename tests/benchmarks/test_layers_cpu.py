"""The bars of the training speeds on invented numbers, and the figure. Nothing is timed here."""

import importlib
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("layers_cpu")


def times(script, **faster):
    """Every layer as fast as nn.GRU, but for these, on both shapes."""
    return {
        str(shape): {
            name: {
                "faster than nn.GRU": faster.get(name, 1),
                "tokens per second": 1000 * faster.get(name, 1) + number,
            }
            for number, name in enumerate(script.LAYERS)
        }
        for shape in script.SHAPES
    }


def test_all_layers_are_measured(script):
    assert {"nn.GRU", "nn.LSTM", "Transformer block", *script.BARS} < set(script.LAYERS)
    for make in script.LAYERS.values():
        script.step(make(), (1, 3, script.WIDTH))()


def test_the_verdict(script):
    enough = {"RG-LRU": 8, "minGRU": 8, "LRU": 4, "SSD": 3, "S5": 2, "S6": 1, "Transformer block": 0.5}
    said = script.verdict(times(script, **enough), {"short": 5.9, "long": 6.0})
    assert len(said) == 12 and all(said.values())
    for name, bar in {"RG-LRU": 8, "minGRU": 8, "LRU": 4, "SSD": 3, "S6": 1}.items():
        less = script.verdict(times(script, **enough | {name: 0.99 * bar}), {})
        assert [claim for claim, held in less.items() if not held] == [
            f"{name}: at least {bar} times as fast as nn.GRU on (4, 2048, 256)"
        ]
    worse = script.verdict(times(script, **enough | {"Transformer block": 3}), {"long": 6.1})
    assert list(worse.values()) == [True] * 9 + [False, False]


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGE", tmp_path / "speed.svg")
    script.draw(times(script, S5=7))
    page = (tmp_path / "speed.svg").read_text(encoding="utf-8")
    number = 7000 + list(script.LAYERS).index("S5")
    assert f"(4, 2048, 256): S5 {number:,}" in page
