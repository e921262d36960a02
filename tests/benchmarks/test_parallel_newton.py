"""The script's tiny version, and its Lyapunov exponent against closed forms."""

import importlib
import math
from pathlib import Path

import pytest
import torch

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("parallel_newton")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert set(script.PARTS) < set(results)
    for row in results["lyapunov"] + results["size"]:
        for method in script.METHODS:
            assert row[method]["converged"] and row[method]["iterations"] <= 32
        if row["exponent"] < -0.1:
            assert all(row[method]["error"] < 1e-7 for method in script.METHODS)
    # With one state the diagonal is all of the Jacobian.
    for row in results["size"]:
        if row["n"] == 1:
            assert row["deer"]["iterations"] == row["quasi-deer"]["iterations"]
    for row in results["timing"]:
        assert row["error"] < 1e-4 and all(ms > 0 for ms in row["ms"].values())
        assert row["iterations"]["deer"] < 20
    verdict = results["verdict"]
    assert verdict["all converged, in at most as many iterations as steps"]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in verdict)


def test_the_exponent_of_a_linear_map_is_the_logarithm_of_its_spectral_radius(script):
    torch.manual_seed(0)
    A = torch.randn(4, 4, dtype=torch.float64)
    largest = float(torch.linalg.eigvals(A).abs().max())
    x = torch.randn(1, 300, 4, dtype=torch.float64)
    found = script.exponent(lambda h, x_t: A @ h / largest * 0.9 + x_t, x, x[:, 0])
    assert found == pytest.approx(math.log(0.9), abs=0.01)


def test_the_exponent_of_the_logistic_map_is_the_logarithm_of_two(script):
    x, h0 = torch.zeros(1, 500, 1, dtype=torch.float64), torch.full((1, 1), 0.3, dtype=torch.float64)
    assert script.exponent(lambda h, x_t: 4 * h * (1 - h), x, h0) == pytest.approx(math.log(2), abs=0.02)


def test_the_step_is_that_of_the_gru(script):
    with torch.no_grad():
        f, x, h0, module = script.gru(5, 20, 0, batch=3)
        torch.testing.assert_close(script.loop(f, x, h0), module(x)[0], rtol=1e-5, atol=1e-6)
