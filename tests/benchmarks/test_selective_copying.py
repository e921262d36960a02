"""The script's tiny version, and that its training can teach the easiest case of the task."""

import importlib
from pathlib import Path

import pytest

from minirnn.base.plots import LINES

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("selective_copying")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert results["chance"] == 1 / 8
    assert list(results["layers"]) == list(script.LAYERS) == ["S4D", "LRU", "minGRU", "RG-LRU", "S6"]
    for found in results["layers"].values():
        assert [run["seed"] for run in found["runs"]] == [0, 1]
        assert {run["rate"] for run in found["runs"]} == {found["rate"]}
        tests = [run["test"] for run in found["runs"]]
        assert found["median"] == sum(tests) / 2
        # Three steps teach next to nothing: no answer can leak from the targets.
        assert max(tests) < 0.5 and not any(run["exploded"] for run in found["runs"])
        # The first seed has tried all rates, and the one that was taken is the best on validation data.
        assert [run["seed"] for run in found["other rates"]] == [0]
        assert {found["rate"], found["other rates"][0]["rate"]} == set(script.SETTINGS["rates"])
        assert found["runs"][0]["validation"] >= found["other rates"][0]["validation"]
    assert set(results["verdict"].values()) <= {True, False}


@pytest.mark.parametrize("name", ["S4D", "LRU", "minGRU", "RG-LRU", "S6"])
def test_all_layers_can_copy_what_has_just_come(script, name):
    """One symbol, no blanks: nothing has to be chosen."""
    settings = script.QUICK | {"length": 1, "n_data": 1, "steps": 60}
    found = script.train(name, 1e-2, 0, settings)
    assert found["test"] == found["validation"] == 1.0
    assert found["loss"] < 1.5 and not found["exploded"]


def test_the_verdict(script):
    published = {"S4D": 0.2, "LRU": 0.3, "minGRU": 0.5, "RG-LRU": 0.6, "S6": 0.95}
    assert all(script.verdict(published).values())
    assert sum(not held for held in script.verdict(published | {"S6": 0.94}).values()) == 1
    assert not script.verdict(published | {"S4D": 0.95})["S4D does not"]
    assert not script.verdict(published | {"LRU": 0.95})["LRU does not"]
    above = "every layer that listens to its input is above every one that does not"
    for change in ({"minGRU": 0.25}, {"LRU": 0.6}):
        found = script.verdict(published | change)
        assert not found[above] and not found["minGRU between S6 and the two that do not"]
    assert not script.verdict(published | {"RG-LRU": 0.96})["RG-LRU between S6 and the two that do not"]


def test_the_figure_says_its_numbers(script, monkeypatch, tmp_path):
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    layers = {
        name: {"median": 0.1 * row + 0.123, "runs": [{"test": 0.1 * row + 0.123}, {"test": 0.1 * row + 0.1}]}
        for row, name in enumerate(script.LAYERS)
    }
    script.draw(
        {"settings": script.SETTINGS, "chance": 1 / 8, "published": script.PUBLISHED, "layers": layers}
    )
    page = (tmp_path / "reproduce-selective-copying.svg").read_text(encoding="utf-8")
    for words in ("S4D: 12.3%", "S6: 52.3%, seeds 52.3%, 50.0%", "S4, no gate: 18.3%", "Chance: 12.5%"):
        assert words in page
    assert all(color.lower() in page for color, _, _ in LINES)
