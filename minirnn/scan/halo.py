"""The edge of a piece: what a convolution needs of the rank before, when time is cut over processes.

A convolution of `width` taps reads the last `reach = width - 1` inputs before each step, so the first steps
of a piece need the last inputs of the piece before it: its *tail*. Each rank sends its tail to the next one
and receives one from the rank before; all at once, unless a piece is shorter than `reach`. Then its tail has
inputs of an earlier piece, which it must have received before it can pass them on.

The gradient of the tail goes the other way. As with `minirnn.scan.across`, which says what all ranks must
keep to, the tail of the last rank is the state after the whole sequence, so every rank gets it.
"""

import torch
import torch.distributed as dist
from torch import Tensor

from minirnn.scan.across import ONCE, Line, finish, first_only, gather, spread
from minirnn.scan.derivatives import once


@torch.compiler.disable  # as in `minirnn.scan.across`
def halo(
    past: Tensor, own: Tensor, keep: Tensor, seq_len: int, group: dist.ProcessGroup
) -> tuple[Tensor, Tensor]:
    """The `reach` inputs before this rank's piece, and the last `reach` inputs of the whole sequence.

    past (batch, reach, dim): the inputs before the sequence, of which those of the first rank count. own, of
    the same shape: the tail of this piece, with zeros where it would reach back behind its beginning. keep
    (batch,) bool: whether what was before this piece can still be seen after it. seq_len: of the piece.
    """
    first_only()
    if past.numel() == 0:  # on every rank
        return past, own
    needs_grad = torch.is_grad_enabled() and (past.requires_grad or own.requires_grad)
    label = f"halo of {tuple(past.shape)} {past.dtype}{', with gradient' * needs_grad}"
    return _Halo.apply(past, own, keep, seq_len, Line(group), label)


class _Halo(torch.autograd.Function):
    @staticmethod
    def forward(  # type: ignore[no-untyped-def]
        ctx, past: Tensor, own: Tensor, keep: Tensor, seq_len: int, line: Line, label: str
    ) -> tuple[Tensor, Tensor]:
        ctx.save_for_backward(keep)
        ctx.seq_len, ctx.line, ctx.label = seq_len, line, label
        reach, last = past.shape[1], line.place == line.size - 1
        short = seq_len < reach
        works = [] if short or last else line.send(line.place + 1, own, label)
        before = line.receive(line.place - 1, past, label) if line.place else past.clone()
        tail = own.clone()
        if short:
            tail[:, : reach - seq_len] = before[:, seq_len:] * keep[:, None, None]
            works += [] if last else line.send(line.place + 1, tail, label)
        finish(works)
        return before, spread(tail, line.turned(), label)

    @staticmethod
    def backward(ctx, grad_before: Tensor, grad_after: Tensor):  # type: ignore[no-untyped-def]
        first_only(grad_before, grad_after)
        with torch.no_grad():
            past, own = _Halo.gradients(ctx, grad_before, grad_after)
        if torch.is_grad_enabled():
            past, own = (once(grad, ONCE, grad_before, grad_after) for grad in (past, own))
        return past, own, None, None, None, None

    @staticmethod
    def gradients(ctx, grad_before: Tensor, grad_after: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[no-untyped-def]
        (keep,) = ctx.saved_tensors
        line, seq_len, label = ctx.line, ctx.seq_len, f"gradient of {ctx.label}"
        reach, last = grad_before.shape[1], line.place == line.size - 1
        short = seq_len < reach
        grad_tail = gather(grad_after, line.turned(), label)
        works = [] if short or not line.place else line.send(line.place - 1, grad_before, label)
        if not last:
            grad_tail = line.receive(line.place + 1, grad_before, label)
        grad_own = grad_tail
        if short:
            through = grad_tail[:, : reach - seq_len] * keep[:, None, None]
            grad_before = torch.cat([grad_before[:, :seq_len], grad_before[:, seq_len:] + through], 1)
            grad_own = torch.cat([torch.zeros_like(through), grad_tail[:, reach - seq_len :]], 1)
            works += line.send(line.place - 1, grad_before, label) if line.place else []
        finish(works)
        return torch.zeros_like(grad_before) if line.place else grad_before, grad_own
