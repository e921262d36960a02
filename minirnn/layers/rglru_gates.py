"""The coefficients a_t and b_t of the RG-LRU, twice: as plain lines, and with their gradient by hand.

    log a_t = -c softplus(-Lambda) r_t,    b_t = sqrt(1 - a_t^2) (i_t x_t)

The root has an infinite slope at a_t = 1, which training meets; both forms bound it by MAX_SQRT_DERIVATIVE,
as the published code does. The plain lines run where more than a first gradient is asked for.
"""

import math

import torch
from torch import Tensor

from minirnn.scan.derivatives import again, more_than_first, transformed

MAX_SQRT_DERIVATIVE = 1000.0


def coefficients(gates: Tensor, x: Tensor, rate: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:
    """The a_t and b_t of the recurrence, of states of any shape (..., d).

    gates (2, ..., d): r and i; x (..., d); rate (d,): c s, with s = softplus(-Lambda); first (...) bool.
    """
    return (plain_coefficients if transformed() else _Coefficients.apply)(gates, x, rate, first)


def plain_coefficients(gates: Tensor, x: Tensor, rate: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:
    """`coefficients` as torch can differentiate them again, forwards, and for many samples at once."""
    log_a = -rate * gates[0]
    if first is not None:
        log_a = log_a.masked_fill(first.unsqueeze(-1), -math.inf)
    s = -torch.expm1(2 * log_a)
    flat = 0.25 / MAX_SQRT_DERIVATIVE**2  # below it the root has a constant slope
    line = torch.sqrt(s).detach() + MAX_SQRT_DERIVATIVE * (s - s.detach())
    m = torch.where(s < flat, line, torch.sqrt(s.clamp(min=flat)))
    return torch.exp(log_a), gates[1] * x * m


class _Coefficients(torch.autograd.Function):
    """`coefficients` with a gradient by hand: fewer passes over memory than a tape.

    With u = i x and m = sqrt(1 - a^2):  log a = -c s r,  b = m u, hence d(log a) = da a - db u a^2 / m, where
    1/m = 2 (d sqrt) is the bounded factor.
    """

    @staticmethod
    def forward(ctx, gates: Tensor, x: Tensor, rate: Tensor, first: Tensor | None) -> tuple[Tensor, Tensor]:  # type: ignore[no-untyped-def]
        r, i = gates[0], gates[1]
        log_a = torch.mul(r, -rate)
        if first is not None:
            log_a.masked_fill_(first.unsqueeze(-1), -math.inf)
        a = torch.exp(log_a)
        m = torch.expm1(log_a.mul_(2)).neg_().sqrt_()
        ctx.save_for_backward(gates, x, rate, first, a, m)
        return a, (i * x).mul_(m)

    @staticmethod
    def backward(ctx, grad_a: Tensor, grad_b: Tensor) -> tuple[Tensor | None, ...]:  # type: ignore[no-untyped-def]
        gates, x, rate, first, a, m = ctx.saved_tensors
        if more_than_first(grad_a, grad_b):
            return again(plain_coefficients, (gates, x, rate, first), (grad_a, grad_b))
        r, i = gates[0], gates[1]
        grad_u = grad_b * m
        half_slope = (grad_b * i).mul_(x).mul_(a).div_(m.clamp(min=0.5 / MAX_SQRT_DERIVATIVE))
        grad_log_a = torch.sub(grad_a, half_slope).mul_(a)
        grad_rate = -(grad_log_a * r).flatten(0, -2).sum(0)
        if torch.compiler.is_compiling():  # which cannot write into a part, and has no need to
            grad_gates = torch.stack([grad_log_a * -rate, grad_u * x])
        else:
            grad_gates = torch.empty_like(gates)
            torch.mul(grad_log_a, -rate, out=grad_gates[0])
            torch.mul(grad_u, x, out=grad_gates[1])
        return grad_gates, grad_u.mul_(i), grad_rate, None
