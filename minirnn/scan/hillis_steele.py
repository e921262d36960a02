"""The scan in the fewest rounds: every step looks back 1, then 2, then 4 ... steps.

Give each time step a pair `(a, b)`, standing for the map `h -> a h + b`. Doing one map and then a
later one is again such a map,

    (a, b) then (a', b') = (a' a, a' b + b').

In the round with distance d, every step t >= d puts the pair of step t - d before its own. After
ceil(log2 T) rounds each pair covers the whole past, and its `b` is `h_t`. That is very little
depth, but about T log2 T combinations where a loop needs T.

Source: Hillis and Steele, "Data parallel algorithms", CACM 29(12), 1986.
"""

import torch
from torch import Tensor


def hillis_steele(a: Tensor, b: Tensor, h0: Tensor, out: Tensor, reverse: bool = False) -> None:
    """Write `h` into `out`.

    `a`, `b` and `out` are `(..., time, dim)`, `h0` is `(..., dim)`; all of one dtype, no gradients.
    """
    if reverse:
        flipped = torch.empty_like(b)
        hillis_steele(a.flip(-2), b.flip(-2), h0, flipped)
        out.copy_(flipped.flip(-2))
        return
    a, h = a.clone(), b.clone()
    if h.shape[-2]:
        h[..., 0, :] += a[..., 0, :] * h0
    distance = 1
    while distance < h.shape[-2]:
        # The right-hand sides are complete before they are stored, so each round reads the last one.
        h[..., distance:, :] = h[..., distance:, :] + a[..., distance:, :] * h[..., :-distance, :]
        a[..., distance:, :] = a[..., distance:, :] * a[..., :-distance, :]
        distance *= 2
    out.copy_(h)
