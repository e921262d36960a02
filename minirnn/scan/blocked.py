"""The fast scan on a CPU: cut time into chunks and walk through all chunks side by side.

A stretch of the recurrence from `s` to `t` is one affine map of the state it starts from,

    h_t = A h_s + B,    A = a_t ... a_{s+1},    B = what the stretch would give from h_s = 0.

So, with K chunks of L steps each:

1. *Summarise*: L steps over the K chunks at once give each chunk's `A` and `B`.
2. *Carry*: `h_end[k] = A[k] h_end[k-1] + B[k]` is the same recurrence, only K steps long: recurse.
3. *Fill in*: every chunk now knows the state it starts from; L steps over all chunks write `h`.

That is three multiply-adds for each element where the plain loop needs one, but 2 L + (a scan of K)
calls instead of T. The memory on top of `h` is three numbers for each chunk.

Source: the two-level scan of Blelloch 1990 (CMU-CS-90-190, section 1.4), for the operator of
section 1.4.1, `(a, b) then (a', b') = (a' a, a' b + b')`.
"""

from math import isqrt

import torch
from torch import Tensor

from minirnn.scan.sequential import sequential

# One call should touch about this many numbers: below ~32,000 torch uses a single thread,
# and far above it the chunks get so short that the summaries become the main work.
NUMBERS_PER_CALL = 131_072


def chunk_count(seq_len: int, width: int) -> int:
    """How many chunks to cut `seq_len` steps into, when one step is `width` numbers wide (1: do not cut)."""
    wanted = NUMBERS_PER_CALL // max(width, 1)
    return max(1, min(wanted, 2 * isqrt(seq_len), seq_len // 4))


def blocked(a: Tensor, b: Tensor, h0: Tensor, out: Tensor, reverse: bool = False) -> None:
    """Write `h` into `out`.

    `a`, `b` and `out` are `(..., time, dim)`, `h0` is `(..., dim)`; all of one dtype, no gradients.
    `out` may be `b` itself.
    """
    seq_len = b.shape[-2]
    n_chunks = chunk_count(seq_len, h0.numel())
    if n_chunks == 1:
        return sequential(a, b, h0, out, reverse)
    length = seq_len // n_chunks
    n_chunks = seq_len // length
    whole = n_chunks * length
    # The steps that fill no whole chunk come last in the order of the walk.
    cut = seq_len - whole if reverse else whole
    body, rest = (slice(cut, None), slice(cut)) if reverse else (slice(cut), slice(cut, None))

    def by_position(x: Tensor) -> list[Tensor]:
        """All chunks' first steps, all chunks' second steps, ...: `length` views of `(..., chunk, dim)`."""
        steps = x[..., body, :].unflatten(-2, (n_chunks, length)).unbind(-2)
        return list(reversed(steps)) if reverse else list(steps)

    a_steps, b_steps, h_steps = by_position(a), by_position(b), by_position(out)

    a_total = a_steps[0] * a_steps[1]
    h_local = torch.addcmul(b_steps[1], a_steps[1], b_steps[0])
    for a_t, b_t in zip(a_steps[2:], b_steps[2:], strict=True):
        torch.addcmul(b_t, a_t, h_local, out=h_local)
        a_total.mul_(a_t)

    carry = torch.empty_like(h_local)
    blocked(a_total, h_local, h0, carry, reverse)

    start = h0.unsqueeze(-2)
    h = torch.cat([carry[..., 1:, :], start] if reverse else [start, carry[..., :-1, :]], dim=-2)
    for a_t, b_t, h_t in zip(a_steps, b_steps, h_steps, strict=True):
        torch.addcmul(b_t, a_t, h, out=h_t)
        h = h_t

    if whole < seq_len:
        last = out[..., cut if reverse else cut - 1, :]
        sequential(a[..., rest, :], b[..., rest, :], last, out[..., rest, :], reverse)
