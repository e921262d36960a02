"""The script's numbers against closed forms, in its tiny version."""

import importlib
import math
from pathlib import Path

import numpy as np
import pytest
import torch

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("vandermonde")


def test_the_tiny_run(script, capsys):
    results = script.main(quick=True)
    assert set(results["condition"]) == set(script.FAMILIES) == set(results["error_square"])
    for family in script.FAMILIES:
        assert set(results["condition"][family]) == {8, 16}
        errors = results["error_by_length"][family]
        assert errors[4]["float32"] < 1e-5 and errors[4]["float64"] < 1e-12
        # Sixteen numbers do not hold 32.
        assert errors[32]["float64"] > 0.4
    for N in (8, 16):
        assert results["condition"]["roots of unity"][N]["median"] == pytest.approx(1, abs=1e-12)
    verdict = results["verdict"]
    assert verdict["error of reconstruction within N eps times the condition number"]
    assert verdict["random phases cost at least 100 times the equal ones"]
    printed = capsys.readouterr().out
    assert all(claim in printed for claim in verdict)


def test_one_radius_and_equal_phases(script):
    phase = 2 * math.pi * torch.arange(12, dtype=torch.float64) / 12
    ring = torch.polar(torch.full_like(phase, 0.5), phase)
    assert script.condition(ring) == pytest.approx(2.0**11)


def test_the_inverse_is_the_inverse(script):
    Lambda = script.eigenvalues("disk", 7, 3)
    V = np.vander(Lambda.numpy(), 7)
    np.testing.assert_allclose(script.inverse(Lambda) @ V, np.eye(7), atol=1e-10)


def test_real_eigenvalues_beyond_what_float64_can_see(script):
    """At N = 64, Gautschi's asymptotic form is 2 % low; float64's singular values are off by 10^10."""
    expected = math.exp(64 * (math.pi / 4 + math.log(2) / 2) - math.pi / 4) / math.pi
    Lambda = script.eigenvalues("real", 64, 0)
    assert script.condition(Lambda, 1) == pytest.approx(expected, rel=0.05)
    assert np.linalg.cond(np.vander(Lambda.numpy())) < 1e-8 * script.condition(Lambda)
