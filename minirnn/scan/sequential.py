"""The scan as one reads it: a loop over time.

    h_t = a_t * h_{t-1} + b_t

T steps of work, T steps deep. Each step costs one kernel call on `(batch, dim)` numbers, so for
wide layers it is hard to beat, and for narrow ones most of the time is spent on the calls.
"""

from torch import Tensor, addcmul


def sequential(a: Tensor, b: Tensor, h0: Tensor, out: Tensor, reverse: bool = False) -> None:
    """Write `h` into `out`.

    `a`, `b` and `out` are `(..., time, dim)`, `h0` is `(..., dim)`; all of one dtype, no gradients.
    `out` may be `b` itself.
    """
    # unbind makes all T views in one call; indexing would pay for three views at every step.
    steps = list(zip(a.unbind(-2), b.unbind(-2), out.unbind(-2), strict=True))
    h = h0
    for a_t, b_t, h_t in reversed(steps) if reverse else steps:
        addcmul(b_t, a_t, h, out=h_t)
        h = h_t
