"""The three rules against scipy, against integrals, and against solutions of the equation itself."""

import math

import numpy as np
import pytest
import torch
from scipy.linalg import expm
from scipy.signal import cont2discrete
from torch import Tensor

from minirnn.layers.shared.discretize import RULES, discretize, expm1_over

SCIPY = {"zoh": "zoh", "bilinear": "bilinear", "euler": "euler"}


def complexes(n: int, seed: int = 0) -> Tensor:
    return torch.randn(n, dtype=torch.complex128, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])
def test_zero_order_hold_is_the_matrix_exponential(dtype: torch.dtype) -> None:
    """exp(delta [[A, B], [0, 0]]) = [[A_bar, B_bar], [0, 1]]: the input held still is one more state."""
    A = complexes(6).to(dtype) if dtype.is_complex else complexes(6).real
    delta = torch.rand(6, dtype=torch.float64)
    A_bar, factor = discretize(A, delta)
    assert A_bar.dtype == factor.dtype == dtype
    for a, d, a_bar, f in zip(A.numpy(), delta.numpy(), A_bar.numpy(), factor.numpy(), strict=True):
        both = expm(d * np.array([[a, 1], [0, 0]]))
        np.testing.assert_allclose([a_bar, f], both[0], rtol=1e-13)


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_is_scipys(rule: str) -> None:
    """A pair of complex eigenvalues as a real system of two states."""
    a, delta = complex(-0.7, 2.3), 0.3
    A = np.array([[a.real, -a.imag], [a.imag, a.real]])
    B = np.array([[1.0], [0.0]])
    A_bar, B_bar, *_ = cont2discrete((A, B, np.eye(2), np.zeros((2, 1))), delta, SCIPY[rule])
    found, factor = discretize(torch.tensor(a), torch.tensor(delta, dtype=torch.float64), rule)
    np.testing.assert_allclose([found.real, found.imag], A_bar[:, 0], rtol=1e-6)
    np.testing.assert_allclose([factor.real, factor.imag], B_bar[:, 0], rtol=1e-6)


@pytest.mark.parametrize("rule", RULES)
def test_without_decay_the_state_adds_up_its_inputs(rule: str) -> None:
    A_bar, factor = discretize(torch.zeros(2), torch.tensor([0.1, 0.3]), rule)
    assert A_bar.tolist() == [1, 1]
    torch.testing.assert_close(factor, torch.tensor([0.1, 0.3]))


@pytest.mark.parametrize("rule", RULES)
def test_step_sizes_and_eigenvalues_broadcast(rule: str) -> None:
    A, delta = complexes(3), torch.rand(4, 1, dtype=torch.float64)
    A_bar, factor = discretize(A, delta, rule)
    assert A_bar.shape == factor.shape == (4, 3)
    for i in range(4):
        for j in range(3):
            one = discretize(A[j], delta[i, 0], rule)
            torch.testing.assert_close((A_bar[i, j], factor[i, j]), one)


def integral(z: complex) -> complex:
    """(exp(z) - 1) / z is the integral of exp(z s) for s from 0 to 1; by 40 Gauss points."""
    nodes, weights = np.polynomial.legendre.leggauss(40)
    return complex((weights * np.exp(z * (nodes + 1) / 2)).sum() / 2)


@pytest.mark.parametrize("size", [0.0, 1e-300, 1e-12, 1e-5, 1e-2, 0.3, 0.4999, 0.5, 0.5001, 1.0, 3.0, 10.0])
@pytest.mark.parametrize("angle", [math.pi, 2.5, math.pi / 2, -math.pi / 2, 0.0])
def test_expm1_over_keeps_its_digits(size: float, angle: float) -> None:
    z = size * complex(math.cos(angle), math.sin(angle))
    expected = integral(z)
    found = expm1_over(torch.tensor(z, dtype=torch.complex128)).item()
    assert abs(found - expected) <= 2e-14 * max(1.0, abs(expected))
    single = expm1_over(torch.tensor(z, dtype=torch.complex64)).item()
    assert abs(single - expected) <= 1e-6 * max(1.0, abs(expected))
    if angle in (0.0, math.pi):
        real = expm1_over(torch.tensor(z.real, dtype=torch.float64)).item()
        assert abs(real - expected.real) <= 2e-14 * max(1.0, abs(expected))


@pytest.mark.parametrize("dtype", [torch.float64, torch.complex128])
def test_the_gradient_of_expm1_over(dtype: torch.dtype) -> None:
    near = torch.tensor([0.0, 1e-8, -1e-3, 0.2, 0.4999, 0.5001, -2.0, 4.0], dtype=dtype, requires_grad=True)
    assert torch.autograd.gradcheck(expm1_over, near)
    zero = torch.zeros((), dtype=dtype, requires_grad=True)
    (slope,) = torch.autograd.grad(expm1_over(zero).real, zero)
    assert slope.item() == 0.5  # of 1 + z/2 + ...


@pytest.mark.parametrize("size", [1e-6, 1e-4, 1e-2])
def test_the_gradient_keeps_its_digits_in_float32(size: float) -> None:
    z = torch.tensor(size, requires_grad=True)
    (slope,) = torch.autograd.grad(expm1_over(z), z)
    assert slope.item() == pytest.approx(1 / 2 + size / 3 + size**2 / 8, rel=1e-6)


def error_after(rule: str, steps: int, frequency: float) -> float:
    """How far h(2) is off, for h' = A h + cos(frequency s), h(0) = 1, with the input taken in mid-step."""
    A, end = complex(-1.5, 2.0), 2.0
    delta = end / steps
    A_bar, factor = discretize(
        torch.tensor(A, dtype=torch.complex128), torch.tensor(delta, dtype=torch.float64), rule
    )
    a, b, h = A_bar.item(), factor.item(), 1 + 0j
    for t in range(steps):
        h = a * h + b * math.cos(frequency * (t + 0.5) * delta)
    # cos is the mean of two exponentials; h' = A h + exp(c s) is solved by (exp(c s) - exp(A s)) / (c - A).
    exact = np.exp(A * end)
    for c in (1j * frequency, -1j * frequency):
        exact += (np.exp(c * end) - np.exp(A * end)) / (c - A) / 2
    return abs(h - exact)


@pytest.mark.parametrize(("rule", "order"), [("zoh", 2), ("bilinear", 2), ("euler", 1)])
def test_the_order_of_accuracy(rule: str, order: int) -> None:
    steps = [64, 128, 256, 512, 1024]
    errors = [error_after(rule, n, frequency=3.0) for n in steps]
    slope = -np.polyfit(np.log(steps), np.log(errors), 1)[0]
    assert slope == pytest.approx(order, abs=0.06)


@pytest.mark.parametrize(("rule", "order"), [("bilinear", 2), ("euler", 1)])
def test_for_a_constant_input_only_zero_order_hold_is_exact(rule: str, order: int) -> None:
    assert all(error_after("zoh", n, frequency=0.0) < 1e-13 for n in (1, 3, 64))
    errors = [error_after(rule, n, frequency=0.0) for n in (64, 128, 256, 512)]
    assert errors[-1] > 1e-7
    slope = -np.polyfit(np.log([64, 128, 256, 512]), np.log(errors), 1)[0]
    assert slope == pytest.approx(order, abs=0.06)


@pytest.mark.parametrize("rule", ["zoh", "bilinear"])
def test_what_decays_still_decays(rule: str) -> None:
    A = complexes(1000)
    A = torch.complex(-A.real.abs() - 1e-3, 30 * A.imag)
    for delta in (1e-3, 0.1, 1.0, 10.0):
        A_bar, _ = discretize(A, torch.tensor(delta, dtype=torch.float64), rule)
        assert A_bar.abs().max() < 1


def test_euler_explodes_where_the_equation_decays() -> None:
    A, delta = torch.tensor(-0.5 + 30j), torch.tensor(0.1)
    assert discretize(A, delta, "euler")[0].abs() > 3
    assert discretize(A, delta / 100, "euler")[0].abs() < 1


def test_an_unknown_rule_is_named() -> None:
    with pytest.raises(ValueError, match=r"'tustin'.*zoh, bilinear, euler"):
        discretize(torch.ones(1), torch.ones(1), "tustin")
