"""The scan when time is cut over processes: each has a piece of the sequence, none has all of it.

To whatever state it starts from, a piece of any length does one thing,

    h_end = A h_start + B,    A = the product of its a,    B = where it ends when it starts from zero,

and two such maps, one after the other, are again one: (A, B) then (A', B') = (A' A, A' B + B'). So:

1. *Summarise*: one walk over `a` and `b` gives A and B, each as large as a single state.
2. *Carry*: the ranks join their maps pairwise up a tree, and the states come down it, as in `blelloch`. Now
   each rank has the state that its piece starts from.
3. *Scan* from there, by any method of `minirnn.scan`.

That reads `a` and `b` twice and writes `h` once. To scan from zero and then add (a_t ... a_1) h_start to each
h_t would read three tensors and write one in the second step, where this reads two and writes one, and it
would round twice.

The gradient is the same again, backwards through the ranks: with e = dL/dh_end a piece hands conj(A) e + G to
the one before, where G is its own share. Here the summary reads `a` and the incoming gradient.

What is sent does not depend on time: with K ranks, (K - 1) messages up and (K - 1) down, of four states
together in each direction, so less than four for a rank on average; the busiest, the root, sends log2(K) of
the messages. From the first send to the last receive are 2 log2(K) messages one after the other. One
all-gather would take fewer, but let each rank receive all K maps; a chain would send least and take K.

All ranks must make the same calls in the same order, with tensors of the same shape but for time, and then
all must go backward or none, whatever their piece is worth: `0 * h.sum()` is a gradient too. On a CPU each
message says what it is and a misfit raises; on a GPU, where reading it would make the host wait, it does not.
"""

from collections.abc import Sequence

import torch
import torch.distributed as dist
from torch import Tensor

from minirnn.scan.blocked import summarise
from minirnn.scan.derivatives import batched, once
from minirnn.scan.operator import linear_scan, linear_scan_backward

ONCE = (
    "group: over processes gradients are first ones, and backwards; give the whole sequence to one process "
    "for second derivatives, forward mode, torch.func and batches of gradients."
)
LABEL = 96  # bytes in front of each message on a CPU: what it is


@torch.compiler.disable  # torch.compile steps around it: messages cannot be traced
def scan_across(
    a: Tensor, b: Tensor, h0: Tensor, reverse: bool, method: str, group: dist.ProcessGroup
) -> tuple[Tensor, Tensor]:
    """`scan` of checked arguments, h0 in the dtype of the state: this rank's h, and the state after all."""
    line = Line(group, reverse)
    first_only()
    if h0.numel() == 0:  # on every rank, so there is nothing to say
        return b + 0 * a, h0.clone()
    needs_grad = torch.is_grad_enabled() and any(x.requires_grad for x in (a, b, h0))
    label = f"scan of {tuple(h0.shape)} {h0.dtype}{', reverse' * reverse}{', with gradient' * needs_grad}"
    h, h_last = _ScanAcross.apply(a, b, h0, method, line, label)
    return h, h_last


def first_only(*grads: Tensor) -> None:
    """Raise RuntimeError under what messages cannot follow."""
    if batched(*grads):
        raise RuntimeError(ONCE)


class Line:
    """The ranks of a group, in the order in which the state walks through them.

    place: this rank's, from 0. In the tree, `children` are the ranks that speak to this one, nearest first:
    each stands for itself and all up to the next child. `parent` is the one that this rank speaks to; the
    root, at place 0, has none. Raises ValueError where this process is not in the group.
    """

    def __init__(self, group: dist.ProcessGroup, reverse: bool = False) -> None:
        if not isinstance(group, dist.ProcessGroup):
            raise ValueError(
                f"group is {group!r}, expected a torch.distributed.ProcessGroup with this process"
            )
        self.group, self.reverse, self.size = group, reverse, dist.get_world_size(group)
        self.place = self.rank(dist.get_rank(group))
        self.parent, self.children = tree(self.place, self.size)

    def rank(self, place: int) -> int:
        """The rank at a place, and the place of a rank."""
        return self.size - 1 - place if self.reverse else place

    def turned(self) -> "Line":
        """The same ranks the other way round."""
        return Line(self.group, not self.reverse)

    def send(self, place: int, x: Tensor, label: str) -> list[dist.Work | None]:
        """Begin to send; the caller waits for what this returns."""
        x = x.detach()
        x = (torch.view_as_real(x) if x.is_complex() else x).contiguous()
        parts = [x] if x.is_cuda else [_encoded(label), x]
        return [dist.isend(part, group=self.group, group_dst=self.rank(place)) for part in parts]

    def receive(self, place: int, like: Tensor, label: str) -> Tensor:
        """A tensor like `like`. Raises ValueError where the sender means something else."""
        rank = self.rank(place)
        if not like.is_cuda:
            words = _encoded("")
            dist.recv(words, group=self.group, group_src=rank)
            theirs = bytes(words.tolist()).decode(errors="replace").rstrip()
            if theirs != label[:LABEL].rstrip():
                raise ValueError(
                    f"group: rank {rank} is at '{theirs}', rank {self.rank(self.place)} at '{label}'."
                )
        x = torch.empty_like(like, memory_format=torch.contiguous_format)
        dist.recv(torch.view_as_real(x) if x.is_complex() else x, group=self.group, group_src=rank)
        return x


def tree(place: int, size: int) -> tuple[int, list[int]]:
    """Parent (below 0: none) and children of a place, nearest first, in a tree over `size` places."""
    distance, children = 1, []
    while distance < size and place % (2 * distance) == 0:
        if place + distance < size:
            children.append(place + distance)
        distance *= 2
    return place - distance, children  # the loop has ended at the lowest bit of `place`


def _encoded(label: str) -> Tensor:
    return torch.tensor(list(label.encode()[:LABEL].ljust(LABEL)), dtype=torch.uint8)


def finish(works: Sequence[dist.Work | None]) -> None:
    """Wait until what was begun is sent."""
    for work in works:
        if work is not None:
            work.wait()


def carry(
    A: Tensor, B: Tensor, start: Tensor, line: Line, label: str, *, backward: bool
) -> tuple[Tensor, Tensor]:
    """The state before this rank's piece and, unless `backward`, the one after the last piece.

    A, B: this piece's map. start: the state before the first piece. There the first rank's counts, or, if
    `backward`, the sum of all ranks' (each has its own share in the gradient of the last state).
    """
    mine = [A, B, start] if backward else [A, B]
    lefts: list[tuple[int, Tensor, Tensor]] = []
    for child in line.children:
        lefts.append((child, mine[0], mine[1]))
        theirs = line.receive(child, torch.stack(mine), label)
        A, B = theirs[0] * mine[0], theirs[0] * mine[1] + theirs[1]
        mine = [A, B, mine[2] + theirs[2]] if backward else [A, B]
    works = []
    if line.place == 0:
        before = mine[-1] if backward else start
        after = A * before + B
    else:
        works += line.send(line.parent, torch.stack(mine), label)
        answer = line.receive(line.parent, torch.stack([start] if backward else [start, start]), label)
        before, after = answer[0], answer[-1]
    for child, A, B in reversed(lefts):
        works += line.send(
            child, torch.stack([A * before + B] if backward else [A * before + B, after]), label
        )
    finish(works)
    return before, after


def spread(x: Tensor, line: Line, label: str) -> Tensor:
    """What the rank at place 0 gives, on every rank."""
    if line.place:
        x = line.receive(line.parent, x, label)
    finish([work for child in reversed(line.children) for work in line.send(child, x, label)])
    return x


def gather(x: Tensor, line: Line, label: str) -> Tensor:
    """The sum of what all ranks give, on the rank at place 0; on others a part of it."""
    for child in line.children:
        x = x + line.receive(child, x, label)
    if line.place:
        finish(line.send(line.parent, x, label))
    return x


class _ScanAcross(torch.autograd.Function):
    """Both directions: summarise, carry, and then the operator that one process uses."""

    @staticmethod
    def forward(  # type: ignore[no-untyped-def]
        ctx, a: Tensor, b: Tensor, h0: Tensor, method: str, line: Line, label: str
    ) -> tuple[Tensor, Tensor]:
        A, B = summarise(a.to(h0.dtype).expand(b.shape), b.to(h0.dtype), line.reverse)
        before, after = carry(A, B, h0, line, label, backward=False)
        h = linear_scan(a, b, before, None, line.reverse, method)[0] if b.shape[-2] else b.clone()
        ctx.save_for_backward(a, before, h)
        ctx.method, ctx.line, ctx.label = method, line, label
        return h, after

    @staticmethod
    def backward(ctx, grad_h: Tensor, grad_last: Tensor):  # type: ignore[no-untyped-def]
        first_only(grad_h, grad_last)
        a, before, h = ctx.saved_tensors
        with torch.no_grad():
            grads = _ScanAcross.gradients(ctx, a, before, h, grad_h, grad_last)
        if torch.is_grad_enabled():
            grads = tuple(once(grad, ONCE, grad_h, grad_last, a, h) for grad in grads)
        return *grads, None, None, None

    @staticmethod
    def gradients(ctx, a: Tensor, before: Tensor, h: Tensor, grad_h: Tensor, grad_last: Tensor):  # type: ignore[no-untyped-def]
        line = ctx.line
        A, G = _gradient_map(a, before, grad_h, line.reverse)
        end, _ = carry(A, G, grad_last, line.turned(), f"gradient of {ctx.label}", backward=True)
        if h.shape[-2]:
            grads = linear_scan_backward(a, before, h, grad_h, end, None, line.reverse, ctx.method)
        else:
            grads = torch.zeros_like(a), torch.zeros_like(h), end
        grad_a, grad_b, grad_before = grads
        grad_h0 = grad_before if line.place == 0 else torch.zeros_like(grad_before)
        return grad_a, grad_b, grad_h0


def _gradient_map(a: Tensor, before: Tensor, grad_h: Tensor, reverse: bool) -> tuple[Tensor, Tensor]:
    """conj(A) and G of `dL/dh_start = conj(A) dL/dh_end + G`.

    dL/dh walks back by g_t = grad_t + conj(a_{t+1}) g_{t+1}, from g_T = grad_T + dL/dh_end to g_1, and one
    more product with conj(a_1) takes it to the start.
    """
    if grad_h.shape[-2] == 0:
        return torch.ones_like(before), torch.zeros_like(before)
    first, last = (-1, 0) if reverse else (0, -1)
    earlier, later = (slice(1, None), slice(-1)) if reverse else (slice(-1), slice(1, None))
    a, grad = a.to(before.dtype).expand(grad_h.shape).conj(), grad_h.to(before.dtype)
    A, B = summarise(a[..., later, :], grad[..., earlier, :], not reverse)
    return a[..., first, :] * A, a[..., first, :] * (A * grad[..., last, :] + B)
