"""The scan with the least work: up a binary tree, then down again.

Each leaf holds the pair `(a, b)` of one time step, standing for the map `h -> a h + b`, and

    (a, b) then (a', b') = (a' a, a' b + b').

*Up*: every node combines its two children, so the root knows the whole sequence. *Down*: every
node hands the state it starts from to its left child, and the state after the left child to its
right child. About 2 T combinations in 2 log2 T rounds. What arrives at a leaf is the state *before*
that step (the scan is exclusive by nature); one more multiply-add makes it inclusive.

Source: Blelloch, "Prefix sums and their applications", CMU-CS-90-190, 1990, section 1.2.
"""

import torch
from torch import Tensor


def blelloch(a: Tensor, b: Tensor, h0: Tensor, out: Tensor, reverse: bool = False) -> None:
    """Write `h` into `out`.

    `a`, `b` and `out` are `(..., time, dim)`, `h0` is `(..., dim)`; all of one dtype, no gradients.
    """
    if reverse:
        flipped = torch.empty_like(b)
        blelloch(a.flip(-2), b.flip(-2), h0, flipped)
        out.copy_(flipped.flip(-2))
        return
    before = _states_before(a, b, h0)
    torch.addcmul(b, a, before, out=out)


def _states_before(a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
    """The state before each step, `(..., time, dim)`: one level up, the tree above, one level down."""
    seq_len = b.shape[-2]
    before = torch.empty_like(b)
    if seq_len < 2:
        before.copy_(h0.unsqueeze(-2).expand_as(b))
        return before
    pairs = seq_len // 2
    left, right = slice(0, 2 * pairs, 2), slice(1, 2 * pairs, 2)
    a_parent = a[..., right, :] * a[..., left, :]
    b_parent = torch.addcmul(b[..., right, :], a[..., right, :], b[..., left, :])
    before[..., left, :] = _states_before(a_parent, b_parent, h0)
    before[..., right, :] = torch.addcmul(b[..., left, :], a[..., left, :], before[..., left, :])
    if seq_len % 2:
        # A leaf without a sibling starts from where the pair before it ended.
        before[..., -1, :] = torch.addcmul(b[..., -2, :], a[..., -2, :], before[..., -2, :])
    return before
