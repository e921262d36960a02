"""Recurrences whose loop over time is a kernel of torch's, which knows no resets and no second derivative."""

from collections.abc import Callable, Iterator
from itertools import pairwise

import torch
from torch import Tensor

from minirnn.scan.derivatives import by_steps, transformed


def between_resets(
    kernel: Callable[[Tensor, tuple[Tensor, ...]], tuple[Tensor, tuple[Tensor, ...]]],
    advance: Callable[[Tensor, tuple[Tensor, ...]], tuple[Tensor, tuple[Tensor, ...]]],
    x: Tensor,
    state: tuple[Tensor, ...],
    reset: Tensor | None,
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """`kernel(x, state)` on each stretch of x (batch, time, dim) between resets, from zeros after each.

    A loop of `advance` where the kernel cannot help: under `torch.func`, and where a reset cannot be read.
    """
    if transformed() or _unreadable(reset):
        return by_steps(advance, x, state, reset)
    outputs = []
    for part, drop in _stretches(x, reset):
        if drop is not None:
            state = tuple(s.masked_fill(drop, 0) for s in state)
        y, state = kernel(part, state)
        outputs.append(y)
    return torch.cat(outputs, 1), state


def _stretches(x: Tensor, reset: Tensor | None) -> Iterator[tuple[Tensor, Tensor | None]]:
    """Cut x before each step where any row resets.

    Yields each piece with a mask (batch, 1) of the rows whose state is dropped before it, or None for no row.
    """
    if reset is None:
        yield x, None
        return
    cuts = sorted({0, x.shape[1], *reset.any(0).nonzero().flatten().tolist()})
    for begin, end in pairwise(cuts):
        yield x[:, begin:end], reset[:, begin, None]


def _unreadable(reset: Tensor | None) -> bool:
    """Whether there is a mask whose content is not to be had: in a graph, or on the meta device."""
    return reset is not None and (torch.compiler.is_compiling() or reset.is_meta)
