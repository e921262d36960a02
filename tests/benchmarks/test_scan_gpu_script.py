"""benchmarks/scan_gpu.py where there is no GPU, and its verdict on invented times."""

import importlib
from pathlib import Path

import pytest
import torch

SCRIPTS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("scan_gpu")


def invented(script, forward, both, peer=9.0):
    """Every shape with these shares of the copy for us, and times (ms) for us (1 and 2) and for a peer."""
    rows = {
        "copy": {"median": 0.5},
        "minirnn forward": {"median": 1.0, "of copy": forward},
        "minirnn forward+backward": {"median": 2.0, "of copy": both},
        "peer forward": {"median": peer},
        "peer forward+backward": {"failed": "no backward pass"},
    }
    return {f"{shape} float32": dict(rows) for shape in script.SHAPES}


def test_without_a_gpu_it_says_so_and_writes_nothing(script, monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(script, "save", lambda *_, **__: pytest.fail("there is nothing to write"))
    with pytest.raises(SystemExit) as end:
        script.main()
    assert end.value.code == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_bars_are_for_the_two_largest_shapes(script):
    found = script.verdict(invented(script, 0.95, 0.85))
    shares = found["fraction of the copy, largest shapes"]
    assert set(shares) == {
        f"{shape} float32 {way}"
        for shape in [(16, 2048, 2560), (1, 131072, 512)]
        for way in ("forward", "forward+backward")
    }
    assert found["bars held"] and not found["peers that were faster"]


@pytest.mark.parametrize("forward, both", [(0.89, 0.85), (0.95, 0.79)])
def test_a_bar_that_is_missed(script, forward, both):
    assert not script.verdict(invented(script, forward, both))["bars held"]


def test_a_peer_that_is_as_fast_is_named(script):
    found = script.verdict(invented(script, 0.95, 0.85, peer=1.0))
    assert len(found["peers that were faster"]) == len(script.SHAPES)
    assert all(name.endswith("peer forward") for name in found["peers that were faster"])


def test_a_scan_moves_three_numbers_and_its_gradient_five(script):
    """a and b in, h out; a, h and the gradient in, two gradients out."""
    assert script.MOVED == {"forward": 2 + 1, "forward+backward": 2 + 1 + 3 + 2}
