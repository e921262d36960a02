"""The script's numbers against closed forms, in its tiny version."""

import importlib
import math
from pathlib import Path

import pytest
import torch

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("vanishing_gradients")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert torch.get_default_dtype() == torch.float32
    assert set(results["norm"]) == set(script.layers())
    for row in results["norm"].values():
        assert all(len(cell["seeds"]) == 3 and min(cell["seeds"]) > 0 for cell in row.values())
    verdict = results["verdict"]
    for claim in (
        "silent RNN: radius^k",
        "RNN with inputs: never above radius^k",
        "LRU: norm is that of its own spectrum",
        "a forget bias of +1 keeps more",
    ):
        assert verdict[claim]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in verdict)


def test_the_norm_is_that_of_the_jacobian(script):
    """An RNN with two states: J from autograd, with all signs tried."""
    torch.manual_seed(0)
    layer = script.RNN(2, 2, "gaussian", 1.5).double()
    x = torch.randn(1, 4, 2, dtype=torch.float64)

    def last(h):
        for t in (2, 3):
            h = torch.tanh(layer.W @ h + layer.U @ x[0, t] + layer.b)
        return h

    J = torch.autograd.functional.jacobian(last, layer(x[:, :2])[1][0][0])
    found = script.norms(layer, x.expand(20_000, -1, -1))[2]
    assert found == pytest.approx(float(J.norm()) / math.sqrt(2), rel=0.03)


def test_expected_norms_against_many_draws(script):
    torch.manual_seed(0)
    u = torch.rand(400_000, dtype=torch.float64)
    for low, high in script.RINGS.values():
        square = low**2 + (high**2 - low**2) * u
        assert script.ring_norm(20, (low, high)) == pytest.approx(
            float(square.pow(20).mean().sqrt()), rel=0.01
        )
    r = torch.sigmoid(torch.randn(3, 400_000, dtype=torch.float64))
    code = (0.81 + (0.999**2 - 0.81) * u).log() / 2
    paper = (0.9 + 0.099 * u).log() / 8
    for init, log_a in (("code", code), ("paper", paper)):
        decays = torch.exp(8 * r * log_a).prod(0)
        assert script.gate_norm(3, init) == pytest.approx(float(decays.square().mean().sqrt()), rel=0.003)
