"""The scan as running sums of logarithms: shown for what it teaches, not for use.

With `A_t = sum_{s<=t} log a_s`, dividing the recurrence by `exp(A_t)` leaves a plain sum:

    h_t = exp(A_t) * (h_0 + sum_{s<=t} b_s exp(-A_s))
    log h_t = A_t + logcumsumexp_t(log b_s - A_s),    with h_0 as the term at s = 0.

Taken literally the first line overflows: `exp(-A_s)` grows without end when `a < 1`. The second
line stays in range. The price is precision: `A_t` is a large number known to a *relative* 1e-7, so
`exp` turns its absolute error into a relative error of `h` that grows with |A_t|.

Logarithms want positive numbers. Signs and phases are taken out first: in a frame that turns with
`a_1 ... a_t / |a_1 ... a_t|` every decay is positive, and the inputs are split into their positive
and their negative parts. Two large halves of opposite sign then cancel: precision is lost again. A
decay of exactly zero has no logarithm: we use the smallest normal number instead.

Source: Heinsen, "Efficient Parallelization of a Ubiquitous Sequential Computation",
arXiv 2311.06281 (which takes complex logarithms of negative numbers instead of the two parts).
"""

import torch
from torch import Tensor


def log_space(a: Tensor, b: Tensor, h0: Tensor, out: Tensor, reverse: bool = False) -> None:
    """Write `h` into `out`.

    `a`, `b` and `out` are `(..., time, dim)`, `h0` is `(..., dim)`; all of one dtype, no gradients.
    """
    if reverse:
        flipped = torch.empty_like(b)
        log_space(a.flip(-2), b.flip(-2), h0, flipped)
        out.copy_(flipped.flip(-2))
        return
    size = a.abs().clamp_min(torch.finfo(a.dtype).tiny)
    log_decay = _from_start(size.log().cumsum(-2), 0.0)
    turn = _from_start(torch.where(a == 0, 1, torch.sgn(a)).cumprod(-2), 1.0)
    terms = torch.cat([h0.unsqueeze(-2), b], dim=-2) * turn.conj()
    if terms.is_complex():
        total = torch.complex(_signed_sum(terms.real, log_decay), _signed_sum(terms.imag, log_decay))
    else:
        total = _signed_sum(terms, log_decay)
    out.copy_((turn * total)[..., 1:, :])


def _from_start(x: Tensor, start: float) -> Tensor:
    """Put the value that holds before the first step in front of time."""
    return torch.nn.functional.pad(x, (0, 0, 1, 0), value=start)


def _signed_sum(terms: Tensor, log_decay: Tensor) -> Tensor:
    """`exp(A_t) sum_{s<=t} terms_s exp(-A_s)` for real terms of both signs."""
    plus, minus = (
        torch.exp(log_decay + torch.logcumsumexp(part.clamp_min(0).log() - log_decay, dim=-2))
        for part in (terms, -terms)
    )
    return plus - minus
