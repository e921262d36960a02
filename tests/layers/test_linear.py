"""The linear recurrence against numpy loops, scipy's filters and the theory of random matrices."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.signal import lfilter, ss2tf
from torch import Tensor

from minirnn.layers.linear import (
    LinearRNN,
    causal_convolution,
    impulse_response,
    random_matrix,
    to_eigenbasis,
    vandermonde,
)

Array = NDArray[np.float64]


def weights(layer: LinearRNN) -> list[Array]:
    return [p.detach().numpy() for p in (layer.A.weight, layer.B.weight, layer.C.weight, layer.D)]


def by_the_formula(layer: LinearRNN, x: Array, h: Array) -> tuple[Array, Array]:
    """One row x (time, d_model), step by step."""
    A, B, C, D = weights(layer)
    y = np.empty_like(x)
    for t, x_t in enumerate(x):
        h = A @ h + B @ x_t
        y[t] = C @ h + D * x_t
    return y, h


def double(d_model: int, d_state: int, seed: int = 0) -> LinearRNN:
    torch.manual_seed(seed)
    return LinearRNN(d_model, d_state).double()


def random(*shape: int) -> Tensor:
    return torch.randn(shape, dtype=torch.float64)


def close(actual: Tensor | Array, expected: Tensor | Array, tolerance: float = 1e-11) -> None:
    actual, expected = (np.asarray(z.detach() if isinstance(z, Tensor) else z) for z in (actual, expected))
    assert actual.shape == expected.shape
    np.testing.assert_allclose(actual, expected, rtol=tolerance, atol=tolerance)


def test_equals_the_formula() -> None:
    layer = double(3, 5)
    x, h0 = random(2, 9, 3), random(2, 5)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h,) = layer(x, (h0,), reset=reset)
    y_0, h_0 = by_the_formula(layer, x[0].numpy(), h0[0].numpy())
    before, _ = by_the_formula(layer, x[1, :4].numpy(), h0[1].numpy())
    after, h_1 = by_the_formula(layer, x[1, 4:].numpy(), np.zeros(5))
    close(y, np.stack([y_0, np.concatenate([before, after])]))
    close(h, np.stack([h_0, h_1]))


def test_one_channel_is_scipys_filter() -> None:
    layer = double(1, 6)
    A, B, C, D = weights(layer)
    x = random(1, 200, 1)
    # scipy reads the state before the step, we read the one after it.
    numerator, denominator = ss2tf(A, B, C @ A, C @ B + D)
    close(layer(x)[0][0, :, 0], lfilter(numerator[0], denominator, x[0, :, 0].numpy()), 1e-7)


def test_all_three_faces_agree() -> None:
    layer = double(3, 6)
    A, B, C, D = (torch.from_numpy(w) for w in weights(layer))
    x = random(2, 40, 3)
    y, _ = layer(x)
    close(causal_convolution(impulse_response(A, B, C, 40), x) + D * x, y)
    Lambda, B_z, C_z = (z.numpy() for z in to_eigenbasis(A, B, C))
    for row, expected in zip(x.numpy(), y, strict=True):
        z, found = np.zeros(6, complex), []
        for x_t in row:
            z = Lambda * z + B_z @ x_t
            found.append((C_z @ z).real + D.numpy() * x_t)
        close(np.stack(found), expected)


def test_the_eigenbasis_has_the_eigenvalues_and_the_same_impulse_response() -> None:
    torch.manual_seed(1)
    A, B, C = random(7, 7) / 3, random(7, 2), random(4, 7)
    Lambda, B_z, C_z = to_eigenbasis(A, B, C)
    assert (Lambda.dtype, tuple(B_z.shape), tuple(C_z.shape)) == (torch.complex128, (7, 2), (4, 7))
    close(np.sort_complex(Lambda.numpy()), np.sort_complex(np.linalg.eigvals(A.numpy())))
    powers = [C.numpy() @ np.linalg.matrix_power(A.numpy(), l) @ B.numpy() for l in range(12)]
    close(impulse_response(A, B, C, 12), np.stack(powers))
    close(impulse_response(Lambda, B_z, C_z, 12), np.stack(powers))
    assert impulse_response(Lambda, B_z, C_z, 1).shape == (1, 4, 2)
    assert impulse_response(Lambda, B_z, C_z, 0).shape == (0, 4, 2)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_matrix_without_eigenbasis_is_refused(dtype: torch.dtype) -> None:
    block = torch.tensor([[0.5, 1.0], [0.0, 0.5]], dtype=dtype)
    with pytest.raises(ValueError, match="no basis of eigenvectors"):
        to_eigenbasis(block, torch.ones(2, 1, dtype=dtype), torch.ones(1, 2, dtype=dtype))
    # A rotation has no real eigenvectors, but two complex ones.
    turn = torch.tensor([[0.0, -1.0], [1.0, 0.0]], dtype=dtype)
    Lambda, _, _ = to_eigenbasis(turn, torch.ones(2, 1, dtype=dtype), torch.ones(1, 2, dtype=dtype))
    close(np.sort(Lambda.imag.numpy()), np.array([-1.0, 1.0]), 1e-6)
    with pytest.raises(ValueError, match=r"\(2, 3\).*\(d_state, d_state\)"):
        to_eigenbasis(torch.ones(2, 3), torch.ones(2, 1), torch.ones(1, 2))


@pytest.mark.parametrize("length", [1, 3, 7, 20])
@pytest.mark.parametrize("time", [1, 2, 7, 12])
def test_the_convolution_equals_the_sum(length: int, time: int) -> None:
    torch.manual_seed(0)
    x, mixing, single = random(2, time, 3), random(length, 4, 3), random(length, 3)
    expected, alone = np.zeros((2, time, 4)), np.zeros((2, time, 3))
    for t in range(time):
        for l in range(min(t + 1, length)):
            expected[:, t] += x[:, t - l].numpy() @ mixing[l].numpy().T
            alone[:, t] += x[:, t - l].numpy() * single[l].numpy()
    close(causal_convolution(mixing, x), expected)
    close(causal_convolution(single, x), alone)
    close(causal_convolution(single, x[0]), alone[0])


def test_the_end_does_not_reach_round_to_the_beginning() -> None:
    x = torch.zeros(1, 8, 1, dtype=torch.float64)
    x[0, -1] = 1
    y = causal_convolution(torch.ones(8, 1, dtype=torch.float64), x)
    close(y[0, :, 0], np.array([0.0] * 7 + [1.0]))


def test_a_kernel_for_other_channels_is_refused() -> None:
    x = torch.ones(1, 4, 3)
    for shape in [(4, 2), (4, 3, 2), (3,), (4, 1, 1, 3)]:
        with pytest.raises(ValueError, match=r"kernel has shape .*3\)"):
            causal_convolution(torch.ones(shape), x)


@pytest.mark.parametrize("radius", [0.5, 0.99, 2.0])
def test_the_start_can_be_scaled(radius: float) -> None:
    torch.manual_seed(0)
    layer = LinearRNN(2, 50, radius)
    assert np.abs(np.linalg.eigvals(layer.A.weight.detach().numpy())).max() == pytest.approx(radius, rel=1e-4)
    torch.manual_seed(0)
    plain = random_matrix(50)
    torch.manual_seed(0)
    scaled = random_matrix(50, radius)
    assert plain.dtype == scaled.dtype == torch.float64
    # The directions stay as they were drawn: one factor for all entries.
    close(scaled / plain, (scaled[0, 0] / plain[0, 0]).expand(50, 50))
    assert float(plain.std()) == pytest.approx(50**-0.5, rel=0.05)


def test_no_radius_below_zero() -> None:
    for radius in (0.0, -1.0):
        with pytest.raises(ValueError, match=f"radius is {radius}, expected above 0"):
            LinearRNN(2, 3, radius)


def test_random_eigenvalues_fill_the_unit_disk() -> None:
    """The circular law: uniform in area, so |Lambda| < r holds for the fraction r^2, at all phases alike."""
    torch.manual_seed(0)
    eigenvalues = torch.linalg.eigvals(LinearRNN(2, 500).A.weight.detach().double())
    radius, phase = eigenvalues.abs(), eigenvalues.angle()
    for r in (0.3, 0.5, 0.7, 0.9):
        assert float((radius < r).double().mean()) == pytest.approx(r**2, abs=0.03)
    assert 0.98 < radius.max() < 1.1
    for low in (-math.pi, -math.pi / 2, 0.0, math.pi / 2):
        quarter = (phase > low) & (phase < low + math.pi / 2)
        assert float(quarter.double().mean()) == pytest.approx(0.25, abs=0.03)


def test_weights_start_with_variance_one_over_fan_in() -> None:
    torch.manual_seed(0)
    layer = LinearRNN(400, 100)
    for weight, fan_in in [(layer.A.weight, 100), (layer.B.weight, 400), (layer.C.weight, 100)]:
        assert float(weight.detach().std()) == pytest.approx(fan_in**-0.5, rel=0.03)
    assert float(layer.D.detach().std()) == pytest.approx(1, rel=0.15)


@pytest.mark.parametrize("N", [2, 3, 8])
def test_the_vandermonde_matrix_maps_the_inputs_to_the_last_state(N: int) -> None:
    torch.manual_seed(0)
    Lambda = torch.randn(5, dtype=torch.complex128)
    V, x = vandermonde(Lambda, N), random(N)
    close(V, np.vander(Lambda.numpy(), N))
    h = np.zeros(5, complex)
    for x_t in x.numpy():
        h = Lambda.numpy() * h + x_t
    close(V @ x.to(V.dtype), h)
    close(vandermonde(Lambda.real, N), np.vander(Lambda.real.numpy(), N))


def phases(N: int) -> Tensor:
    return 2 * math.pi * torch.arange(N, dtype=torch.float64) / N


@pytest.mark.parametrize("N", [8, 16, 32, 64])
def test_roots_of_unity_store_the_input_perfectly(N: int) -> None:
    roots = torch.polar(torch.ones(N, dtype=torch.float64), phases(N))
    assert float(torch.linalg.cond(vandermonde(roots, N))) == pytest.approx(1, abs=1e-11)


def condition(radius: Tensor, phase: Tensor) -> float:
    return float(torch.linalg.cond(vandermonde(torch.polar(radius, phase), len(radius))))


@pytest.mark.parametrize(("N", "expected"), [(8, 1.05), (16, 1.12), (32, 1.26), (64, 1.56)])
def test_a_thin_ring_with_equal_phases_stores_well(N: int, expected: float) -> None:
    torch.manual_seed(0)
    square = 0.99**2 + (1 - 0.99**2) * torch.rand(200, N, dtype=torch.float64)
    found = [condition(radius, phases(N)) for radius in square.sqrt()]
    assert min(found) < expected < max(found)
    assert float(np.median(found)) == pytest.approx(expected, rel=0.04)
    # With one radius r for all, the singular values are sqrt(N) r^k, k = 0 .. N-1.
    one = torch.full((N,), 0.99, dtype=torch.float64)
    assert condition(one, phases(N)) == pytest.approx(0.99 ** -(N - 1))


def test_random_phases_and_real_eigenvalues_store_badly() -> None:
    torch.manual_seed(0)
    N = 16
    radius = torch.sqrt(0.99**2 + (1 - 0.99**2) * torch.rand(N, dtype=torch.float64))
    assert condition(radius, 2 * math.pi * torch.rand(N, dtype=torch.float64)) > 100
    real = torch.linspace(-1, 1, N, dtype=torch.float64)
    assert float(torch.linalg.cond(vandermonde(real, N))) == pytest.approx(3.3e6, rel=0.02)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = LinearRNN(3, 4).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 3, dtype=dtype))
    assert y.dtype == dtype
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 3, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_autocast_does_not_round_the_state() -> None:
    """A decay of 0.9995 is 1.0 in bfloat16."""
    layer = LinearRNN(1, 1)
    with torch.no_grad():
        layer.A.weight.fill_(0.9995)
    with torch.autocast("cpu", torch.bfloat16), torch.no_grad():
        _, (h,) = layer(torch.zeros(1, 500, 1), (torch.ones(1, 1),))
        _, (h_t,) = layer.step(torch.zeros(1, 1), (torch.ones(1, 1),))
    assert h.dtype == h_t.dtype == torch.float32
    assert float(h) == pytest.approx(0.9995**500, rel=1e-4)
    assert float(h_t) == pytest.approx(0.9995, rel=1e-6)
