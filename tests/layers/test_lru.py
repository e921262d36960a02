"""The LRU against complex128 loops, and its start against the distributions of the paper."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import nn

from minirnn.layers.linear import LinearRNN
from minirnn.layers.lru import EDGE, FORMS, LADDER, LRU, ladder, random_spectrum, ring_spectrum

Array = NDArray[np.float64]


def eigenvalues(layer: LRU) -> NDArray[np.complex128]:
    first, second = layer.spectrum.detach().double().numpy()
    if layer.form == "diagonal":
        return first + 1j * second
    if layer.form == "exponential":
        return np.exp(-first + 1j * second)
    return np.exp(-np.exp(first) + 1j * np.exp(second))


def by_the_paper(layer: LRU, x: Array, h: NDArray[np.complex128]) -> tuple[Array, NDArray[np.complex128]]:
    """One row x (time, d_model), step by step."""
    B, C, D = (p.detach().numpy() for p in (layer.B, layer.C, layer.D))
    B, C, Lambda = B[:, 0] + 1j * B[:, 1], C[..., 0] + 1j * C[..., 1], eigenvalues(layer)
    gamma = 1.0 if layer.gamma_log is None else np.exp(layer.gamma_log.detach().numpy())
    y = np.empty_like(x)
    for t, x_t in enumerate(x):
        h = Lambda * h + gamma * (B @ x_t)
        y[t] = (C @ h).real + D * x_t
    return y, h


@pytest.mark.parametrize("gamma", [True, False], ids=["gamma", ""])
@pytest.mark.parametrize("ring", [(0.3, 0.95), None], ids=["ring", "random"])
@pytest.mark.parametrize("form", FORMS)
def test_equals_the_paper(form: str, ring: tuple[float, float] | None, gamma: bool) -> None:
    torch.manual_seed(0)
    layer = LRU(3, 5, form, ring, gamma=gamma).double()
    x, h0 = torch.randn(2, 9, 3, dtype=torch.float64), torch.randn(2, 5, 2, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h,) = layer(x, (h0,), reset=reset)
    start = h0.numpy() @ np.array([1, 1j])
    y_0, h_0 = by_the_paper(layer, x[0].numpy(), start[0])
    before, _ = by_the_paper(layer, x[1, :4].numpy(), start[1])
    after, h_1 = by_the_paper(layer, x[1, 4:].numpy(), np.zeros(5, complex))
    expected = np.stack([y_0, np.concatenate([before, after])])
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(h.detach().numpy() @ [1, 1j], np.stack([h_0, h_1]), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(layer.Lambda().detach().numpy(), eigenvalues(layer), rtol=1e-14)


def within(sample: torch.Tensor, low: float, high: float) -> None:
    """The quantiles of the sample are those of the uniform distribution on [low, high]."""
    q = torch.tensor([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0], dtype=torch.float64)
    # A quantile's standard error is at most width / (2 sqrt(count)).
    bound = 4 * (high - low) / (2 * math.sqrt(len(sample)))
    expected = low + (high - low) * q
    torch.testing.assert_close(torch.quantile(sample.double(), q), expected, rtol=0, atol=bound)
    assert sample.min() >= low - 1e-5 and sample.max() <= high + 1e-5


@pytest.mark.parametrize("ring", [(0.0, 1.0), (0.9, 0.999), (0.5, 0.5)], ids=str)
@pytest.mark.parametrize("max_phase", [2 * math.pi, math.pi / 10])
def test_eigenvalues_start_uniform_in_area_on_the_ring(ring: tuple[float, float], max_phase: float) -> None:
    torch.manual_seed(0)
    low, high = ring
    radius, phase = ring_spectrum(40_000, ring, max_phase)
    within(radius**2, low**2, high**2)
    within(phase, 0, max_phase)
    # Radius and phase are drawn apart from each other.
    if low < high:
        assert abs(float(torch.corrcoef(torch.stack([radius, phase]))[0, 1])) < 0.02
    # What the layer does with them, in all three forms alike; and the mean of |Lambda|^2.
    for form in FORMS:
        torch.manual_seed(0)
        Lambda = LRU(1, 40_000, form, ring, max_phase).Lambda().detach()
        torch.testing.assert_close(Lambda, torch.polar(radius, phase).to(Lambda.dtype), rtol=1e-4, atol=1e-5)
        mean = float(Lambda.abs().double().square().mean())
        assert mean == pytest.approx(
            (low**2 + high**2) / 2, abs=4 * (high**2 - low**2) / math.sqrt(12 * 40_000) + 1e-5
        )


def test_the_default_ring_is_the_whole_disk() -> None:
    torch.manual_seed(0)
    default = LRU(1, 50).spectrum
    torch.manual_seed(0)
    assert torch.equal(default, LRU(1, 50, ring=(0.0, 1.0), max_phase=2 * math.pi).spectrum)


def test_without_a_ring_the_spectrum_is_that_of_a_random_matrix() -> None:
    """The circular law, in conjugate pairs; phases in (0, 2 pi]."""
    torch.manual_seed(0)
    radius, phase = random_spectrum(501)
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
    torch.manual_seed(0)
    stable = LRU(1, 501, ring=None).Lambda().detach()
    assert stable.isfinite().all() and stable.abs().max() < 1
    inside = torch.from_numpy(np.abs(Lambda) < EDGE)
    assert not inside.all()  # what lies outside is moved in, what lies inside stays
    torch.testing.assert_close(
        stable[inside], torch.from_numpy(Lambda)[inside].to(stable.dtype), rtol=1e-4, atol=1e-5
    )
    torch.testing.assert_close(stable[~inside].abs(), torch.full((int((~inside).sum()),), EDGE))
    for form in ("diagonal", "exponential"):
        torch.manual_seed(0)
        found = LRU(1, 501, form, ring=None).Lambda().detach()
        torch.testing.assert_close(found, torch.from_numpy(Lambda).to(found.dtype), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("radius", [0.9, 0.99])
def test_the_first_four_rungs_can_start_inside_the_circle(radius: float) -> None:
    """The eigenvalues of a random matrix, scaled so that the largest is `radius`."""
    sizes = {}
    for rung in ("dense", *FORMS):
        torch.manual_seed(0)
        layer = ladder(rung, 4, 100, radius=radius)
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
        layer = ladder(rung, 4, 100, ring=(0.95, 0.99), radius=radius, max_phase=0.3)
        assert isinstance(layer, LRU)
        assert layer.Lambda().abs().min() > 0.949
        assert layer.Lambda().angle().min() > 0 and 0.25 < layer.Lambda().angle().max() < 0.301


def test_a_real_eigenvalue_can_turn_into_a_complex_one() -> None:
    """With a phase of 0 the logarithm would be minus infinity, and no gradient would ever move it."""
    torch.manual_seed(0)
    layer = LRU(1, 1, ring=None)  # the one eigenvalue of a 1 x 1 matrix is real
    y, _ = layer(torch.randn(2, 5, 1))
    y.sum().backward()
    assert layer.spectrum.grad is not None
    assert layer.spectrum.grad.isfinite().all() and layer.spectrum.grad.abs().min() > 0


@pytest.mark.parametrize("form", FORMS)
def test_weights_start_as_in_the_paper(form: str) -> None:
    torch.manual_seed(0)
    layer = LRU(100, 400, form, ring=(0.5, 0.999))
    assert layer.gamma_log is not None
    for part in (0, 1):
        assert float(layer.B.detach()[:, part].std()) == pytest.approx(1 / math.sqrt(2 * 100), rel=0.02)
        assert float(layer.C.detach()[..., part].std()) == pytest.approx(1 / math.sqrt(400), rel=0.02)
    assert float(layer.D.detach().std()) == pytest.approx(1, rel=0.2)
    gamma = np.sqrt(1 - np.abs(eigenvalues(layer)) ** 2)
    np.testing.assert_allclose(layer.gamma_log.exp().detach().numpy(), gamma, rtol=1e-3)
    assert layer.gamma_log.requires_grad


def gain(low: float, high: float) -> float:
    """Proposition 3: the state's variance over that of B x, for white noise and eigenvalues from the ring."""
    return math.log((1 - low**2) / (1 - high**2)) / (high**2 - low**2)


def test_the_gain_without_gamma() -> None:
    assert gain(0.9, 0.999) == pytest.approx(24.23, abs=0.005)
    torch.manual_seed(0)
    size = LRU(1, 200_000, ring=(0.9, 0.999), gamma=False).Lambda().detach().abs().double()
    found = 1 / (1 - size**2)
    error = float(found.std()) / math.sqrt(len(found))
    assert float(found.mean()) == pytest.approx(24.23, abs=4 * error)


@pytest.mark.parametrize("gamma", [True, False], ids=["gamma", ""])
def test_gamma_keeps_the_size_of_the_state(gamma: bool) -> None:
    """White noise in: |h|^2 is |B x|^2 on average with gamma, and `gain` times that without."""
    torch.manual_seed(0)
    layer = LRU(32, 256, ring=(0.8, 0.98), gamma=gamma)
    with torch.no_grad():
        _, (h,) = layer(torch.randn(64, 400, 32))
    # |B x|^2 has mean 1: B has 32 entries in each row, of mean square 1/32.
    expected = 1.0 if gamma else gain(0.8, 0.98)
    assert float(h.square().sum(-1).mean()) == pytest.approx(expected, rel=0.1)


def test_stable_whatever_the_parameters() -> None:
    torch.manual_seed(0)
    layer = LRU(2, 1000).double()
    with torch.no_grad():
        layer.spectrum.copy_(torch.empty(2, 1000).uniform_(-20, 5))
        assert layer.Lambda().abs().max() < 1
        layer.spectrum.copy_(1e3 * torch.randn(2, 1000).clamp(max=0))
        assert layer.Lambda().abs().max() <= 1  # rounding
        exponential = LRU(2, 1, "exponential")
        exponential.spectrum.fill_(-0.5)
        assert exponential.Lambda().abs() > 1  # this is what the rung before did not rule out


def test_long_memories_do_not_blow_up() -> None:
    torch.manual_seed(0)
    layer = LRU(2, 8, ring=(1.0, 1.0), gamma=False)
    assert layer.Lambda().abs().max() < 1
    with torch.no_grad():
        _, (h,) = layer(torch.zeros(1, 3000, 2), (torch.ones(1, 8, 2),))
    torch.testing.assert_close(h.square().sum(-1), torch.full((1, 8), 2 * EDGE**6000), rtol=2e-3, atol=0)


def test_every_rung_of_the_ladder() -> None:
    torch.manual_seed(0)
    rungs = {rung: ladder(rung, 4, 6, ring=(0.5, 0.9)) for rung in LADDER}
    assert list(rungs) == ["dense", "diagonal", "exponential", "stable", "ring", "gamma"]
    assert isinstance(rungs.pop("dense"), LinearRNN)
    assert [rung.form for rung in rungs.values()] == ["diagonal", "exponential", "stable", "stable", "stable"]
    assert [rung.gamma_log is not None for rung in rungs.values()] == [False] * 4 + [True]
    for rung in ("ring", "gamma"):
        size = rungs[rung].Lambda().abs()
        assert size.min() > 0.499 and size.max() < 0.901
    big = [ladder(rung, 4, 200, ring=(0.5, 0.9)) for rung in FORMS]
    for layer in big:
        assert layer.Lambda().abs().min() < 0.2 and layer.Lambda().abs().max() > 0.95  # a random matrix'
    with pytest.raises(ValueError, match=r"'top'.*dense, diagonal, exponential, stable, ring, gamma"):
        ladder("top", 4, 6)


@pytest.mark.parametrize("rung", LADDER)
def test_every_rung_learns(rung: str) -> None:
    """To output the input of two steps before; every parameter has its part in it."""
    torch.manual_seed(0)
    layer: nn.Module = ladder(rung, 4, 16)
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


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
@pytest.mark.parametrize("form", FORMS)
def test_the_state_is_at_least_float32(form: str, dtype: torch.dtype) -> None:
    layer = LRU(4, 3, form).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype and h.shape == (2, 3, 2)
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    assert layer.Lambda().real.dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"'polar'.*diagonal, exponential, stable"):
        LRU(2, 2, "polar")
    for ring in [(0.9, 0.5), (-0.1, 0.5), (0.5, 1.1)]:
        with pytest.raises(ValueError, match=r"ring is \(.*0 <= r_min <= r_max <= 1"):
            LRU(2, 2, ring=ring)
