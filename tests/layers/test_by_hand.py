"""Gradients by hand against the plain lines of their layers, which torch differentiates."""

import unittest.mock
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from minirnn.layers import rglru, s6
from minirnn.layers.shared.by_hand import MAX_SLOPE, RGLRUGradient, S6Gradient, bounded_sqrt


def of_rglru(dtype: torch.dtype) -> list[Tensor]:
    """Gates, x and rate; some gates are so near 0 that the square root meets its bound."""
    gates = torch.rand(2, 3, 5, 4, dtype=dtype)
    gates[0, 0] *= 1e-8
    return [gates, torch.randn(3, 5, 4, dtype=dtype), torch.rand(4, dtype=dtype)]


def of_s6(dtype: torch.dtype) -> list[Tensor]:
    """delta, x, A and B."""
    delta, x = torch.rand(3, 5, 4, dtype=dtype), torch.randn(3, 5, 4, dtype=dtype)
    return [delta, x, -torch.rand(2, 4, dtype=dtype), torch.randn(3, 5, 2, dtype=dtype)]


LINES: dict[str, tuple[Callable[..., tuple[Tensor, Tensor]], type, Callable[..., list[Tensor]]]] = {
    "rglru": (rglru.coefficients, RGLRUGradient, of_rglru),
    "s6": (s6.coefficients, S6Gradient, of_s6),
}


@pytest.mark.parametrize("with_first", [False, True], ids=["", "reset"])
@pytest.mark.parametrize("dtype, bound", [(torch.float64, 1e-11), (torch.float32, 1e-4)])
@pytest.mark.parametrize("name", LINES)
def test_values_and_gradients_are_those_of_the_plain_lines(
    name: str, dtype: torch.dtype, bound: float, with_first: bool
) -> None:
    torch.manual_seed(0)
    fast, gradient, make = LINES[name]
    inputs = [x.requires_grad_() for x in make(dtype)]
    first = torch.rand(3, 5) < 0.3 if with_first else None
    if first is not None:
        first[0, 0] = True
    lines = fast.__wrapped__  # type: ignore[attr-defined]
    found, expected = fast(*inputs, first), lines(*inputs, first)
    assert type(found[0].grad_fn).__name__ == f"{gradient.__name__}Backward"
    torch.testing.assert_close(found, expected, rtol=bound, atol=bound)
    weights = [torch.randn_like(x) for x in found]
    grads = [torch.autograd.grad(outputs, inputs, weights) for outputs in (found, expected)]
    for x, y in zip(*grads, strict=True):
        torch.testing.assert_close(x, y, rtol=bound, atol=bound * float(y.abs().max()))


def test_without_a_gradient_there_is_no_node() -> None:
    for fast, gradient, make in LINES.values():
        inputs = make(torch.float64)
        with unittest.mock.patch.object(gradient, "apply", side_effect=AssertionError):
            found = fast(*inputs, None)
            with torch.no_grad():
                fast(*[x.requires_grad_() for x in inputs], None)
        torch.testing.assert_close(found, fast(*inputs, None), rtol=0, atol=0)
        assert len(found) == 2


def test_the_plain_lines_run_where_more_than_a_first_gradient_is_asked_for() -> None:
    for fast, _, make in LINES.values():
        inputs = [x.requires_grad_() for x in make(torch.float64)]
        with torch.autograd.forward_ad.dual_level():
            assert "Gradient" not in type(fast(*inputs, None)[0].grad_fn).__name__
        total = sum(y.sum() for y in fast(*inputs, None))
        assert all(g.requires_grad for g in torch.autograd.grad(total, inputs, create_graph=True))


@pytest.mark.parametrize("s", [0.0, 1e-12, 2.4e-7, 2.6e-7, 1e-3, 1.0])
def test_the_square_root_has_a_bounded_slope(s: float) -> None:
    x = torch.tensor(s, dtype=torch.float64, requires_grad=True)
    y = bounded_sqrt(x)
    (slope,) = torch.autograd.grad(y, x)
    assert float(y.detach()) == pytest.approx(s**0.5)
    assert float(slope) == pytest.approx(MAX_SLOPE if s < 0.25 / MAX_SLOPE**2 else 0.5 / s**0.5)
