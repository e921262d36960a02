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
    cut, body, rest = _cut(seq_len, length, reverse)
    a_steps, b_steps, h_steps = (_by_position(x[..., body, :], length, reverse) for x in (a, b, out))
    a_total, h_local = _join(a_steps, b_steps)

    carry = torch.empty_like(h_local)
    blocked(a_total, h_local, h0, carry, reverse)

    start = h0.unsqueeze(-2)
    h = torch.cat([carry[..., 1:, :], start] if reverse else [start, carry[..., :-1, :]], dim=-2)
    for a_t, b_t, h_t in zip(a_steps, b_steps, h_steps, strict=True):
        torch.addcmul(b_t, a_t, h, out=h_t)
        h = h_t

    if 0 < cut < seq_len:
        last = out[..., cut if reverse else cut - 1, :]
        sequential(a[..., rest, :], b[..., rest, :], last, out[..., rest, :], reverse)


def summarise(a: Tensor, b: Tensor, reverse: bool = False) -> tuple[Tensor, Tensor]:
    """`A` and `B`, each `(..., dim)`, of a stretch `(..., time, dim)`; ones and zeros if it is empty."""
    seq_len = b.shape[-2]
    if seq_len == 0:
        nothing = b.new_zeros(b.shape[:-2] + b.shape[-1:])
        return torch.ones_like(nothing), nothing
    n_chunks = chunk_count(seq_len, b[..., 0, :].numel())
    if n_chunks == 1:
        return _join(*([*x.unbind(-2)][:: -1 if reverse else 1] for x in (a, b)))
    length = seq_len // n_chunks
    _, body, rest = _cut(seq_len, length, reverse)
    chunks = _join(*(_by_position(x[..., body, :], length, reverse) for x in (a, b)))
    A, B = summarise(*chunks, reverse)
    A_rest, B_rest = summarise(a[..., rest, :], b[..., rest, :], reverse)
    return A_rest * A, torch.addcmul(B_rest, A_rest, B)


def _cut(seq_len: int, length: int, reverse: bool) -> tuple[int, slice, slice]:
    """Where the whole chunks end; they, and the rest. The rest comes last in the order of the walk."""
    whole = seq_len - seq_len % length
    cut = seq_len - whole if reverse else whole
    return (cut, slice(cut, None), slice(cut)) if reverse else (cut, slice(cut), slice(cut, None))


def _by_position(x: Tensor, length: int, reverse: bool) -> list[Tensor]:
    """All chunks' first steps, all chunks' second steps, ...: `length` views of `(..., chunk, dim)`."""
    steps = x.unflatten(-2, (-1, length)).unbind(-2)
    return list(reversed(steps)) if reverse else list(steps)


def _join(a_steps: list[Tensor], b_steps: list[Tensor]) -> tuple[Tensor, Tensor]:
    """The product of all `a`, and where the steps lead to from zero."""
    if len(a_steps) == 1:
        return a_steps[0].clone(), b_steps[0].clone()
    A, B = a_steps[0] * a_steps[1], torch.addcmul(b_steps[1], a_steps[1], b_steps[0])
    for a_t, b_t in zip(a_steps[2:], b_steps[2:], strict=True):
        torch.addcmul(b_t, a_t, B, out=B)
        A.mul_(a_t)
    return A, B
