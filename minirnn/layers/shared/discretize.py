"""From a differential equation to a recurrence: how a_t and b_t come from a step size.

    h'(s) = A h(s) + B x(s)    becomes    h_t = A_bar h_{t-1} + B_bar x_t,    one step being delta long

    zero-order hold   A_bar = exp(delta A)                       B_bar = A^-1 (exp(delta A) - 1) B
    bilinear          A_bar = (1 + delta A/2) / (1 - delta A/2)  B_bar = delta / (1 - delta A/2) B
    Euler             A_bar = 1 + delta A                        B_bar = delta B

for a diagonal A: every product is element by element. (Gu et al. 2022, arXiv 2206.11893; the
bilinear rule is Tustin's, 1947.) Zero-order hold is exact if x stands still during each step. Else, with x_t
the input in the middle of its step, the error after a given time shrinks like delta^2 for zero-order hold and
for bilinear, and like delta for Euler.

Zero-order hold and bilinear map the left half-plane into the unit disk: what decays still decays. Euler
leaves the disk when delta is large, and a stable equation becomes an exploding recurrence.
"""

import math

import torch
from torch import Tensor

RULES = ("zoh", "bilinear", "euler")
DELTA_RANGE = (1e-3, 1e-1)  # where step sizes start, log-uniform


def discretize(A: Tensor, delta: Tensor, rule: str = "zoh") -> tuple[Tensor, Tensor]:
    """A_bar, and the factor that makes B_bar out of B; both of the shape that A and delta broadcast to.

    A: eigenvalues, real or complex. delta: step sizes, real and positive. Raises ValueError where `rule` is
    not one of RULES.
    """
    z = delta * A
    if rule == "zoh":
        return torch.exp(z), delta * expm1_over(z)
    if rule == "bilinear":
        return (1 + z / 2) / (1 - z / 2), delta / (1 - z / 2)
    if rule == "euler":
        return 1 + z, delta.expand_as(z).to(z.dtype)
    raise ValueError(f"rule is {rule!r}, expected one of {', '.join(RULES)}")


def expm1_over(z: Tensor) -> Tensor:
    """(exp(z) - 1) / z, and 1 at z = 0; real or complex.

    For small z the difference would lose its digits, and so would its gradient: there it is the series
    1 + z/2 + z^2/6 + ..., written as 1 + z/2 (1 + z/3 (1 + ...)).
    """
    small = z.abs() < 0.5
    # Each branch gets harmless numbers where the other is taken: 0 times an infinite gradient is not 0.
    near, far = torch.where(small, z, 0), torch.where(small, 1, z)
    series = torch.ones_like(z)
    for k in range(15, 1, -1):  # 0.5^15 / 16! is below the last digit of float64
        series = 1 + near / k * series
    return torch.where(small, series, (torch.exp(far) - 1) / far)


def log_uniform(n: int, low: float, high: float) -> Tensor:
    """n numbers between low and high, uniform in their logarithm."""
    return torch.exp(torch.empty(n).uniform_(math.log(low), math.log(high)))


def inverse_softplus(y: Tensor) -> Tensor:
    """x with softplus(x) = y > 0: y + log(1 - exp(-y))."""
    return y + torch.log(-torch.expm1(-y))
