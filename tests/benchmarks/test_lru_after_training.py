"""The script's tiny version: what it keeps of a layer, and that the two starts are what they are called."""

import importlib
import math
from pathlib import Path

import numpy as np
import pytest
import torch

from minirnn.layers.lru import LRU

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("lru_after_training")


def test_the_tiny_run(script):
    starts = script.main(quick=True)["starts"]
    assert set(starts) == {"ring", "disk"}
    for its in starts.values():
        (low, high), most = its["ring"], its["max_phase"]
        before, after = its["before"], its["after"]
        assert all(low - 1e-6 <= r <= high for r in before["radius"])
        assert all(0 <= phase <= most for phase in before["phase"])
        expected = np.sqrt(1 - np.square(before["radius"]))
        np.testing.assert_allclose(before["gamma"], expected, atol=1e-4)
        assert after != before and len(after["radius"]) == len(before["radius"])
        assert 0 <= its["known"] <= 1 and 0 <= its["unseen"] <= 1 and math.isfinite(its["loss"])
    assert min(starts["ring"]["before"]["radius"]) > max(0.98, np.median(starts["disk"]["before"]["radius"]))


def test_what_is_kept_of_a_layer_are_its_eigenvalues(script):
    torch.manual_seed(0)
    layer = LRU(3, 5, (0.5, 0.9), 1.0)
    kept = script.spectrum(layer)
    made = np.array(kept["radius"]) * np.exp(1j * np.array(kept["phase"]))
    np.testing.assert_allclose(made, layer.Lambda().detach().numpy(), atol=2e-6)
