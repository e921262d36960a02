"""The LRU against complex128 loops, and its start against the distributions of the paper."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from minirnn.layers.lru import EDGE, LRU, ring_spectrum

Array = NDArray[np.float64]


def eigenvalues(layer: LRU) -> NDArray[np.complex128]:
    nu_log, theta_log = (p.detach().double().numpy() for p in (layer.nu_log, layer.theta_log))
    return np.exp(-np.exp(nu_log) + 1j * np.exp(theta_log))


def by_the_paper(layer: LRU, x: Array, h: NDArray[np.complex128]) -> tuple[Array, NDArray[np.complex128]]:
    """One row x (time, d_model), step by step."""
    B, C, D = (p.detach().numpy() for p in (layer.B, layer.C, layer.D))
    B, C, Lambda = B[:, 0] + 1j * B[:, 1], C[..., 0] + 1j * C[..., 1], eigenvalues(layer)
    gamma = np.exp(layer.gamma_log.detach().numpy())
    y = np.empty_like(x)
    for t, x_t in enumerate(x):
        h = Lambda * h + gamma * (B @ x_t)
        y[t] = (C @ h).real + D * x_t
    return y, h


@pytest.mark.parametrize("ring", [(0.3, 0.95), (0.0, 1.0)], ids=str)
def test_equals_the_paper(ring: tuple[float, float]) -> None:
    torch.manual_seed(0)
    layer = LRU(3, 5, ring).double()
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
    # What the layer does with them, and the mean of |Lambda|^2.
    torch.manual_seed(0)
    Lambda = LRU(1, 40_000, ring, max_phase).Lambda().detach()
    torch.testing.assert_close(Lambda, torch.polar(radius, phase).to(Lambda.dtype), rtol=1e-4, atol=1e-5)
    mean = float(Lambda.abs().double().square().mean())
    assert mean == pytest.approx(
        (low**2 + high**2) / 2, abs=4 * (high**2 - low**2) / math.sqrt(12 * 40_000) + 1e-5
    )


def test_the_default_ring_is_the_whole_disk() -> None:
    torch.manual_seed(0)
    default = LRU(1, 50).Lambda()
    torch.manual_seed(0)
    assert torch.equal(default, LRU(1, 50, ring=(0.0, 1.0), max_phase=2 * math.pi).Lambda())


def test_weights_start_as_in_the_paper() -> None:
    torch.manual_seed(0)
    layer = LRU(100, 400, ring=(0.5, 0.999))
    for part in (0, 1):
        assert float(layer.B.detach()[:, part].std()) == pytest.approx(1 / math.sqrt(2 * 100), rel=0.02)
        assert float(layer.C.detach()[..., part].std()) == pytest.approx(1 / math.sqrt(400), rel=0.02)
    assert float(layer.D.detach().std()) == pytest.approx(1, rel=0.2)
    gamma = np.sqrt(1 - np.abs(eigenvalues(layer)) ** 2)
    np.testing.assert_allclose(layer.gamma_log.exp().detach().numpy(), gamma, rtol=1e-3)


def test_every_parameter_is_learned() -> None:
    torch.manual_seed(0)
    layer = LRU(4, 6, ring=(0.5, 0.9))
    assert {name for name, _ in layer.named_parameters()} == {
        *("nu_log", "theta_log", "gamma_log"),
        *("B", "C", "D"),
    }
    layer(torch.randn(2, 9, 4))[0].square().sum().backward()
    assert all(p.grad is not None and p.grad.abs().max() > 0 for p in layer.parameters())


def gain(low: float, high: float) -> float:
    """What gamma undoes: the state's variance over that of B x, for white noise and a ring of eigenvalues."""
    return math.log((1 - low**2) / (1 - high**2)) / (high**2 - low**2)


def test_the_gain_without_gamma() -> None:
    assert gain(0.9, 0.999) == pytest.approx(24.23, abs=0.005)
    torch.manual_seed(0)
    size = LRU(1, 200_000, ring=(0.9, 0.999)).Lambda().detach().abs().double()
    found = 1 / (1 - size**2)
    error = float(found.std()) / math.sqrt(len(found))
    assert float(found.mean()) == pytest.approx(24.23, abs=4 * error)


@pytest.mark.parametrize("gamma", [True, False], ids=["gamma", ""])
def test_gamma_keeps_the_size_of_the_state(gamma: bool) -> None:
    """White noise in: |h|^2 is |B x|^2 on average with gamma, and `gain` times that without."""
    torch.manual_seed(0)
    layer = LRU(32, 256, ring=(0.8, 0.98))
    with torch.no_grad():
        if not gamma:
            layer.gamma_log.zero_()
        _, (h,) = layer(torch.randn(64, 400, 32))
    # |B x|^2 has mean 1: B has 32 entries in each row, of mean square 1/32.
    expected = 1.0 if gamma else gain(0.8, 0.98)
    assert float(h.square().sum(-1).mean()) == pytest.approx(expected, rel=0.1)


def test_stable_whatever_the_parameters() -> None:
    torch.manual_seed(0)
    layer = LRU(2, 1000).double()
    with torch.no_grad():
        layer.nu_log.uniform_(-20, 5)
        layer.theta_log.uniform_(-20, 5)
        assert layer.Lambda().abs().max() < 1
        layer.nu_log.copy_(1e3 * torch.randn(1000).clamp(max=0))
        layer.theta_log.copy_(1e3 * torch.randn(1000).clamp(max=0))
        assert layer.Lambda().abs().max() <= 1  # rounding


def test_long_memories_do_not_blow_up() -> None:
    torch.manual_seed(0)
    layer = LRU(2, 8, ring=(1.0, 1.0))
    assert layer.Lambda().abs().max() < 1 and layer.gamma_log.isfinite().all()
    with torch.no_grad():
        _, (h,) = layer(torch.zeros(1, 3000, 2), (torch.ones(1, 8, 2),))
    torch.testing.assert_close(h.square().sum(-1), torch.full((1, 8), 2 * EDGE**6000), rtol=2e-3, atol=0)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = LRU(4, 3).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype and h.shape == (2, 3, 2)
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    assert layer.Lambda().real.dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_bad_arguments_are_named() -> None:
    for ring in [(0.9, 0.5), (-0.1, 0.5), (0.5, 1.1)]:
        with pytest.raises(ValueError, match=r"ring is \(.*0 <= r_min <= r_max <= 1"):
            LRU(2, 2, ring=ring)
