"""The rungs below the LRU against complex128 loops, and their start against that of a random matrix."""

import importlib
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from minirnn.layers.linear import LinearRNN
from minirnn.layers.lru import EDGE, LRU, ring_spectrum

SCRIPTS = Path(__file__).parents[2] / "benchmarks" / "reproduce"
FORMS = ("diagonal", "exponential", "stable")
LADDER = ("dense", *FORMS, "ring", "gamma")


@pytest.fixture
def rungs(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(SCRIPTS))
    return importlib.import_module("lru_rungs")


def eigenvalues(layer: Any) -> NDArray[np.complex128]:
    first, second = layer.spectrum.detach().double().numpy()
    if layer.form == "diagonal":
        return first + 1j * second
    if layer.form == "exponential":
        return np.exp(-first + 1j * second)
    return np.exp(-np.exp(first) + 1j * np.exp(second))


def by_the_paper(layer: Any, x: NDArray[Any], h: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """One row x (time, d_model), step by step."""
    B, C, D = (p.detach().numpy() for p in (layer.B, layer.C, layer.D))
    B, C, Lambda = B[:, 0] + 1j * B[:, 1], C[..., 0] + 1j * C[..., 1], eigenvalues(layer)
    y = np.empty_like(x)
    for t, x_t in enumerate(x):
        h = Lambda * h + B @ x_t
        y[t] = (C @ h).real + D * x_t
    return y, h


@pytest.mark.parametrize("ring", [(0.3, 0.95), None], ids=["ring", "random"])
@pytest.mark.parametrize("form", FORMS)
def test_equals_the_paper(rungs: Any, form: str, ring: tuple[float, float] | None) -> None:
    torch.manual_seed(0)
    start = rungs.random_spectrum(5) if ring is None else ring_spectrum(5, ring, 2 * math.pi)
    layer = rungs.Rung(3, form, *start).double()
    x, h0 = torch.randn(2, 9, 3, dtype=torch.float64), torch.randn(2, 5, 2, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h,) = layer(x, (h0,), reset=reset)
    begin = h0.numpy() @ np.array([1, 1j])
    y_0, h_0 = by_the_paper(layer, x[0].numpy(), begin[0])
    before, _ = by_the_paper(layer, x[1, :4].numpy(), begin[1])
    after, h_1 = by_the_paper(layer, x[1, 4:].numpy(), np.zeros(5, complex))
    expected = np.stack([y_0, np.concatenate([before, after])])
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(h.detach().numpy() @ [1, 1j], np.stack([h_0, h_1]), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(layer.Lambda().detach().numpy(), eigenvalues(layer), rtol=1e-14)
    y_t, (h_t,) = layer.step(x[:, 0], (h0,))
    torch.testing.assert_close(y_t, layer(x[:, :1], (h0,))[0][:, 0])
    assert h_t.shape == (2, 5, 2)


@pytest.mark.parametrize("ring", [(0.0, 1.0), (0.9, 0.999), (0.5, 0.5)], ids=str)
@pytest.mark.parametrize("form", FORMS)
def test_all_forms_say_the_same_of_the_same_start(rungs: Any, form: str, ring: tuple[float, float]) -> None:
    torch.manual_seed(0)
    radius, phase = ring_spectrum(1000, ring, 2 * math.pi)
    Lambda = rungs.Rung(1, form, radius, phase).Lambda().detach()
    torch.testing.assert_close(Lambda, torch.polar(radius, phase).to(Lambda.dtype), rtol=1e-4, atol=1e-5)


def test_without_a_ring_the_spectrum_is_that_of_a_random_matrix(rungs: Any) -> None:
    """The circular law, in conjugate pairs; phases in (0, 2 pi]."""
    torch.manual_seed(0)
    radius, phase = rungs.random_spectrum(501)
    for r in (0.3, 0.5, 0.7, 0.9):
        assert float((radius < r).double().mean()) == pytest.approx(r**2, abs=0.03)
    assert phase.min() > 0 and phase.max() <= 2 * math.pi
    Lambda = torch.polar(radius, phase).numpy()
    np.testing.assert_allclose(
        np.sort_complex(Lambda.round(9)), np.sort_complex(Lambda.conj().round(9)), atol=1e-8
    )
    # An odd number of them, so some are real: all forms must be able to say so.
    real = np.abs(Lambda.imag) < 1e-9
    assert real.any()
    stable = rungs.Rung(1, "stable", radius, phase).Lambda().detach()
    assert stable.isfinite().all() and stable.abs().max() < 1
    inside = torch.from_numpy(np.abs(Lambda) < EDGE)
    assert not inside.all()  # what lies outside is moved in, what lies inside stays
    torch.testing.assert_close(
        stable[inside], torch.from_numpy(Lambda)[inside].to(stable.dtype), rtol=1e-4, atol=1e-5
    )
    torch.testing.assert_close(stable[~inside].abs(), torch.full((int((~inside).sum()),), EDGE))
    for form in ("diagonal", "exponential"):
        found = rungs.Rung(1, form, radius, phase).Lambda().detach()
        torch.testing.assert_close(found, torch.from_numpy(Lambda).to(found.dtype), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("radius", [0.9, 0.99])
def test_the_first_four_rungs_can_start_inside_the_circle(rungs: Any, radius: float) -> None:
    """The eigenvalues of a random matrix, scaled so that the largest is `radius`."""
    sizes = {}
    for rung in ("dense", *FORMS):
        torch.manual_seed(0)
        layer = rungs.ladder(rung, 4, 100, radius=radius)
        if isinstance(layer, LinearRNN):
            size = np.abs(np.linalg.eigvals(layer.A.weight.detach().numpy()))
        else:
            size = np.abs(layer.Lambda().detach().numpy())
        assert size.max() == pytest.approx(radius, rel=1e-4)
        assert (size < radius / 2).mean() == pytest.approx(0.25, abs=0.08)  # still uniform in area
        sizes[rung] = np.sort(size)
    for form in FORMS:
        np.testing.assert_allclose(sizes[form], sizes["diagonal"], rtol=1e-4)
    for rung in ("ring", "gamma"):
        layer = rungs.ladder(rung, 4, 100, ring=(0.95, 0.99), radius=radius, max_phase=0.3)
        assert layer.Lambda().abs().min() > 0.949
        assert layer.Lambda().angle().min() > 0 and 0.25 < layer.Lambda().angle().max() < 0.301


def test_a_real_eigenvalue_can_turn_into_a_complex_one(rungs: Any) -> None:
    """With a phase of 0 the logarithm would be minus infinity, and no gradient would ever move it."""
    torch.manual_seed(0)
    layer = rungs.Rung(1, "stable", *rungs.random_spectrum(1))  # that of a 1 x 1 matrix is real
    y, _ = layer(torch.randn(2, 5, 1))
    y.sum().backward()
    assert layer.spectrum.grad.isfinite().all() and layer.spectrum.grad.abs().min() > 0


@pytest.mark.parametrize("form", FORMS)
def test_weights_start_as_in_the_paper(rungs: Any, form: str) -> None:
    torch.manual_seed(0)
    layer = rungs.Rung(100, form, *ring_spectrum(400, (0.5, 0.999), 2 * math.pi))
    for part in (0, 1):
        assert float(layer.B.detach()[:, part].std()) == pytest.approx(1 / math.sqrt(2 * 100), rel=0.02)
        assert float(layer.C.detach()[..., part].std()) == pytest.approx(1 / math.sqrt(400), rel=0.02)
    assert float(layer.D.detach().std()) == pytest.approx(1, rel=0.2)


def test_only_the_stable_form_cannot_leave_the_circle(rungs: Any) -> None:
    torch.manual_seed(0)
    stable = rungs.Rung(2, "stable", *rungs.random_spectrum(1000)).double()
    exponential = rungs.Rung(2, "exponential", *rungs.random_spectrum(1))
    with torch.no_grad():
        stable.spectrum.copy_(torch.empty(2, 1000).uniform_(-20, 5))
        assert stable.Lambda().abs().max() < 1
        exponential.spectrum.fill_(-0.5)
        assert exponential.Lambda().abs() > 1


def test_ring_and_gamma_differ_in_gamma_alone(rungs: Any) -> None:
    layers = []
    for rung in ("ring", "gamma"):
        torch.manual_seed(0)
        layers.append(rungs.ladder(rung, 4, 6, ring=(0.5, 0.9)))
    ring, gamma = layers
    assert isinstance(gamma, LRU) and torch.equal(ring.Lambda(), gamma.Lambda())
    x = torch.randn(2, 9, 4)
    with torch.no_grad():
        assert not torch.allclose(ring(x)[0], gamma(x)[0])
        gamma.gamma_log.zero_()
        assert torch.equal(ring(x)[0], gamma(x)[0])


def test_every_rung_of_the_ladder(rungs: Any) -> None:
    torch.manual_seed(0)
    made = {rung: rungs.ladder(rung, 4, 6, ring=(0.5, 0.9)) for rung in rungs.LADDER}
    assert tuple(made) == LADDER and rungs.FORMS == FORMS
    assert isinstance(made.pop("dense"), LinearRNN) and isinstance(made.pop("gamma"), LRU)
    assert [rung.form for rung in made.values()] == ["diagonal", "exponential", "stable", "stable"]
    for layer in (made["ring"], rungs.ladder("gamma", 4, 6, ring=(0.5, 0.9))):
        size = layer.Lambda().abs()
        assert size.min() > 0.499 and size.max() < 0.901
    big = [rungs.ladder(rung, 4, 200, ring=(0.5, 0.9)) for rung in FORMS]
    for layer in big:
        assert layer.Lambda().abs().min() < 0.2 and layer.Lambda().abs().max() > 0.95  # a random matrix'
    with pytest.raises(ValueError, match=r"'top'.*dense, diagonal, exponential, stable, ring, gamma"):
        rungs.ladder("top", 4, 6)
    with pytest.raises(ValueError, match=r"'polar'.*diagonal, exponential, stable"):
        rungs.Rung(2, "polar", *ring_spectrum(2, (0.0, 1.0), 1.0))


@pytest.mark.parametrize("rung", LADDER)
def test_every_rung_learns(rungs: Any, rung: str) -> None:
    """To output the input of two steps before; every parameter has its part in it."""
    torch.manual_seed(0)
    layer: nn.Module = rungs.ladder(rung, 4, 16)
    before = {name: p.detach().clone() for name, p in layer.named_parameters()}
    x = torch.randn(8, 20, 4)
    optimizer = torch.optim.Adam(layer.parameters(), lr=0.01)
    losses = []
    for _ in range(60):
        loss = (layer(x)[0][:, 2:] - x[:, :-2]).square().mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    assert losses[1] < losses[0] and losses[-1] < 0.5 * losses[0]
    assert all(not torch.equal(p, before[name]) for name, p in layer.named_parameters())
