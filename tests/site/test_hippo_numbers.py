"""What the node tests hold the figure hippo to: HiPPO-LegS by quadrature, and by its own recurrence.

    c_n = sqrt(2n+1) mean of x(s) P_n(2s - 1) over 0 < s < 1: Gauss-Legendre in each sample
    t c'(t) = A c + B x: from sample k on, c <- E c + A^-1 (E - 1) B x_k, with E = exp(A log((k+1)/k))

The signal is a staircase, so both are exact. After the first sample, c = (x_0, 0, 0, ...).
python tests/site/test_hippo_numbers.py writes the file again.
"""

import json
from pathlib import Path

import numpy as np
import pytest
from scipy.linalg import expm, solve_triangular

FILE = Path(__file__).with_name("hippo.numbers.json")
SAMPLES, MOST = 64, 32


def signals() -> dict[str, list[float]]:
    """A smooth one, a jump, and one by chance; all of hundredths."""
    s = (np.arange(SAMPLES) + 0.5) / SAMPLES
    found = {
        "smooth": np.sin(5 * s) * np.exp(-s),
        "jump": np.where(s < 0.4, 0.8, -0.3),
        "chance": np.random.default_rng(8).uniform(-1, 1, SAMPLES),
    }
    return {name: np.round(x, 2).tolist() for name, x in found.items()}


def by_quadrature(x: list[float]) -> np.ndarray:
    nodes, weights = np.polynomial.legendre.leggauss(20)
    s = (np.arange(SAMPLES)[:, None] + (nodes + 1) / 2) / SAMPLES
    values = np.polynomial.legendre.legvander(2 * s - 1, MOST - 1) * np.sqrt(2 * np.arange(MOST) + 1)
    means = np.einsum("kin,i->kn", values, weights) / (2 * SAMPLES)
    return np.array(x) @ means


def by_recurrence(x: list[float]) -> np.ndarray:
    n = np.arange(MOST)
    B = np.sqrt(2 * n + 1.0)
    A = -np.tril(np.outer(B, B), -1) - np.diag(n + 1.0)
    c = np.zeros(MOST)
    c[0] = x[0]
    for k in range(1, SAMPLES):
        E = expm(A * np.log((k + 1) / k))
        c = E @ c + solve_triangular(A, (E - np.eye(MOST)) @ B, lower=True) * x[k]
    return c


def numbers() -> dict[str, dict[str, list[float]]]:
    """Per signal, rounded: how the last digits come out differs between machines."""
    return {
        name: {"x": x, "c": [round(value, 12) for value in by_quadrature(x).tolist()]}
        for name, x in signals().items()
    }


def test_the_file_holds_what_python_computes():
    stored, found = json.loads(FILE.read_text(encoding="utf-8")), numbers()
    assert stored.keys() == found.keys()
    for name, each in stored.items():
        assert each["x"] == found[name]["x"] and len(each["c"]) == MOST
        assert each["c"] == pytest.approx(found[name]["c"], abs=1e-11)


@pytest.mark.parametrize("name", signals())
def test_the_recurrence_of_legs_ends_at_the_projection(name):
    x = signals()[name]
    assert by_recurrence(x) == pytest.approx(by_quadrature(x), abs=1e-9)


if __name__ == "__main__":
    FILE.write_text(json.dumps(numbers(), indent=1) + "\n", encoding="utf-8")
