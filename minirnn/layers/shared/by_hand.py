"""Gradients by hand, for speed, of formulas that stand as plain lines in their layer.

Autograd's tape would keep every tensor between the first and the last line. By hand a gradient keeps what it
needs and passes over memory fewer times. `@by_hand(Gradient)` above plain lines has them run so; the lines
themselves run where more than a first gradient is asked for (`minirnn.scan.derivatives`). They are the
reference: the tests compare both. Where no gradient is asked for, `values` alone runs: a node of the graph
costs as much as the operations in it when they are those of a single step.
"""

import functools
import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from minirnn.scan.derivatives import again, more_than_first, taped, transformed

MAX_SLOPE = 1000.0  # of the square root in the RG-LRU, as in its released code

Lines = Callable[..., tuple[Tensor, Tensor]]


class Gradient(torch.autograd.Function):
    """Two outputs and their gradient by hand: `backward`, and `values`, on which `forward` is built."""

    lines: Lines  # the plain ones

    @staticmethod
    def values(*inputs: Any) -> tuple[Tensor, ...]:
        """The two outputs, then what else `backward` needs."""
        raise NotImplementedError


def by_hand(gradient: type[Gradient]) -> Callable[[Lines], Lines]:
    """Have the function below computed by `gradient`; `__wrapped__` of the result is the function itself."""

    def decorated(lines: Lines) -> Lines:
        gradient.lines = staticmethod(lines)

        @functools.wraps(lines)
        def fast(*inputs: Tensor | None) -> tuple[Tensor, Tensor]:
            if transformed():
                return lines(*inputs)
            if taped(*(x for x in inputs if x is not None)):
                return gradient.apply(*inputs)
            a, b, *_ = gradient.values(*inputs)
            return a, b

        return fast

    return decorated


def bounded_sqrt(s: Tensor) -> Tensor:
    """sqrt(s) for s >= 0, with a slope of at most MAX_SLOPE."""
    flat = 0.25 / MAX_SLOPE**2  # below it the slope would be larger
    line = torch.sqrt(s).detach() + MAX_SLOPE * (s - s.detach())
    return torch.where(s < flat, line, torch.sqrt(s.clamp(min=flat)))


class RGLRUGradient(Gradient):
    """a and b of the RG-LRU, for gates (2, ..., d): r and i; x (..., d); rate (d,); first (...) bool or None.

    With u = i x and m = sqrt(1 - a^2):  log a = -rate r,  b = m u, hence d(log a) = da a - db u a^2 / m,
    where 1/m = 2 (d sqrt) is the bounded factor.
    """

    @staticmethod
    def values(gates: Tensor, x: Tensor, rate: Tensor, first: Tensor | None) -> tuple[Tensor, ...]:
        """a and b, then m."""
        r, i = gates[0], gates[1]
        log_a = torch.mul(r, -rate)
        if first is not None:
            log_a.masked_fill_(first.unsqueeze(-1), -math.inf)
        a = torch.exp(log_a)
        m = torch.expm1(log_a.mul_(2)).neg_().sqrt_()
        return a, (i * x).mul_(m), m

    @staticmethod
    def forward(ctx: Any, *inputs: Any) -> tuple[Tensor, Tensor]:
        a, b, m = RGLRUGradient.values(*inputs)
        ctx.save_for_backward(*inputs, a, m)
        return a, b

    @staticmethod
    def backward(ctx: Any, grad_a: Tensor, grad_b: Tensor) -> tuple[Tensor | None, ...]:
        gates, x, rate, first, a, m = ctx.saved_tensors
        if more_than_first(grad_a, grad_b):
            return again(RGLRUGradient.lines, (gates, x, rate, first), (grad_a, grad_b))
        r, i = gates[0], gates[1]
        grad_u = grad_b * m
        half_slope = (grad_b * i).mul_(x).mul_(a).div_(m.clamp(min=0.5 / MAX_SLOPE))
        grad_log_a = torch.sub(grad_a, half_slope).mul_(a)
        grad_rate = -(grad_log_a * r).flatten(0, -2).sum(0)
        if torch.compiler.is_compiling():  # which cannot write into a part, and has no need to
            grad_gates = torch.stack([grad_log_a * -rate, grad_u * x])
        else:
            grad_gates = torch.empty_like(gates)
            torch.mul(grad_log_a, -rate, out=grad_gates[0])
            torch.mul(grad_u, x, out=grad_gates[1])
        return grad_gates, grad_u.mul_(i), grad_rate, None


class S6Gradient(Gradient):
    """a and b of S6, for delta, x (..., d); A (n, d); B (..., n); first (...) bool or None.

    Both are d_state times larger than the inputs. A tape would keep two more tensors of that size; this keeps
    a, which the scan keeps anyway. With z = delta A and u = delta x:  a = exp(z),  b = u B.
    """

    @staticmethod
    def values(delta: Tensor, x: Tensor, A: Tensor, B: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:
        """a and b."""
        a = torch.mul(delta.unsqueeze(-2), A).exp_()
        if first is not None:
            a.masked_fill_(first[..., None, None], 0)
        b = (delta * x).unsqueeze(-2) * B.unsqueeze(-1)
        return a.flatten(-2), b.flatten(-2)

    @staticmethod
    def forward(ctx: Any, *inputs: Any) -> tuple[Tensor, Tensor]:
        a, b = S6Gradient.values(*inputs)
        ctx.save_for_backward(*inputs, a)
        return a, b

    @staticmethod
    def backward(ctx: Any, grad_a: Tensor, grad_b: Tensor) -> tuple[Tensor | None, ...]:
        delta, x, A, B, first, a = ctx.saved_tensors
        if more_than_first(grad_a, grad_b):
            return again(S6Gradient.lines, (delta, x, A, B, first), (grad_a, grad_b))
        grad_b = grad_b.unflatten(-1, A.shape)
        grad_u = (B.unsqueeze(-2) @ grad_b).squeeze(-2)
        grad_B = (grad_b @ (delta * x).unsqueeze(-1)).squeeze(-1)
        grad_z = (grad_a * a).unflatten(-1, A.shape)
        grad_delta = (grad_z * A).sum(-2) + grad_u * x
        grad_A = grad_z.mul_(delta.unsqueeze(-2)).flatten(0, -3).sum(0)
        return grad_delta, grad_u * delta, grad_A, grad_B, None
