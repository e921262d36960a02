"""The figures of docs/images are what the scripts draw of the committed results."""

import importlib
import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"


@pytest.fixture(scope="module")
def redraw():
    spec = importlib.util.spec_from_file_location("redraw", ROOT / "benchmarks" / "redraw.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_figure_has_somebody_who_draws_it(redraw):
    figures = {path.stem for path in IMAGES.glob("*.svg")} - {"favicon"}
    assert figures == {f"{name}{size}" for name in redraw.drawers() for size in ("", "-narrow")}


def test_keys_are_numbers_again(redraw):
    assert redraw.restored('{"8": [{"16": 1}], "a8": 2}') == {8: [{16: 1}], "a8": 2}


def test_a_figure_is_drawn_again_from_its_result(redraw, monkeypatch, tmp_path):
    script = importlib.import_module("vandermonde")  # where `redraw` finds it
    monkeypatch.setattr(script, "IMAGES", tmp_path)
    redraw.main(["reproduce-vandermonde"])
    drawn = sorted(tmp_path.iterdir())
    assert [path.name for path in drawn] == ["reproduce-vandermonde-narrow.svg", "reproduce-vandermonde.svg"]
    assert all(path.read_bytes() == (IMAGES / path.name).read_bytes() for path in drawn)
