"""Derivatives of what has a gradient by hand: of higher order, forwards, and of many samples at once.

A formula by hand saves a tape, but torch then knows nothing of what stands in it. Asked for a second
derivative it finds no path and silently takes zero for it; `once_differentiable` stops `.backward()` alone,
not `autograd.grad` with respect to inputs. So each such place does one of two things:

- It has the same formula as *plain lines* too, which torch can differentiate and batch. They run where more
  than a first gradient is asked for (`again`), and under `torch.func` and dual numbers (`transformed`).
- It says that it can be differentiated once (`once`), and raises wherever a second derivative would need it.

The page "Derivatives" in the reference has a table of what works where; a test holds it to the code.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
from torch import Tensor
from torch.autograd import forward_ad


def transformed() -> bool:
    """Whether `torch.func` or dual numbers (forward mode) look at what runs now."""
    return torch._C._are_functorch_transforms_active() or forward_ad._current_level >= 0


def batched(*grads: Tensor) -> bool:
    """Whether a backward pass may run for many gradients at once."""
    legacy = torch._C._functorch.is_legacy_batchedtensor  # as `autograd.grad(is_grads_batched=True)` has them
    return transformed() or any(map(legacy, grads))


def taped(*inputs: Tensor) -> bool:
    """Whether what is made of these will have a gradient."""
    return torch.is_grad_enabled() and any(x.requires_grad for x in inputs)


def more_than_first(*grads: Tensor) -> bool:
    """Whether a backward pass, not compiled, is itself differentiated or runs for many gradients at once."""
    return not torch.compiler.is_compiling() and (torch.is_grad_enabled() or batched(*grads))


def again(
    lines: Callable[..., Any], inputs: Sequence[Tensor | None], grads: Sequence[Tensor]
) -> tuple[Tensor | None, ...]:
    """The gradients of `inputs` through the outputs of `lines(*inputs)`, of operations that torch knows."""
    with torch.enable_grad():
        # One input may be made of another: a view of each stands for what goes in here.
        here = [x if x is None or not x.requires_grad else x.view_as(x) for x in inputs]
        outputs = lines(*here)
    wanted = [x for x in here if x is not None and x.requires_grad]
    graph = torch.is_grad_enabled()
    found = iter(torch.autograd.grad(outputs, wanted, grads, create_graph=graph, materialize_grads=True))
    return tuple(next(found) if x is not None and x.requires_grad else None for x in inputs)


@contextmanager
def primals(saved: Sequence[Tensor]) -> Iterator[list[Tensor]]:
    """What a `jvp` saved, and a place where its tangent can have a tangent of its own.

    torch switches forward mode off in a `jvp`, so that of nested ones all but the innermost would be zero.
    """
    with forward_ad._set_fwd_grad_enabled(True):
        yield [forward_ad.unpack_dual(x, level=0).primal for x in saved]


def by_steps(
    step: Callable[[Tensor, tuple[Tensor, ...]], tuple[Tensor, tuple[Tensor, ...]]],
    x: Tensor,
    state: tuple[Tensor, ...],
    reset: Tensor | None,
) -> tuple[Tensor, tuple[Tensor, ...]]:
    """The plain lines of a layer with a kernel of torch's: its `step` in a loop, from zeros after a reset."""
    outputs = []
    for t, x_t in enumerate(x.unbind(1)):
        if reset is not None:
            state = tuple(s.masked_fill(reset[:, t, None], 0) for s in state)
        y_t, state = step(x_t, state)
        outputs.append(y_t)
    return torch.stack(outputs, 1), state


def once(x: Tensor, words: str, *sources: Tensor) -> Tensor:
    """x, a first derivative that was made of `sources`; to differentiate it raises RuntimeError(words)."""
    return _Once.apply(words, x, *sources)


class _Once(torch.autograd.Function):
    """The identity of x. It is connected with all that x was made of, so that no way leads around it."""

    @staticmethod
    def forward(words: str, x: Tensor, *sources: Tensor) -> Tensor:
        return x.clone()

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Tensor) -> None:
        ctx.words = inputs[0]

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:
        raise RuntimeError(ctx.words)

    @staticmethod
    def jvp(ctx: Any, *tangents: Tensor) -> Any:
        raise RuntimeError(ctx.words)


def ends(reverse: bool) -> tuple[int, int, slice, slice]:
    """Where time begins and ends, then all but its end and all but its beginning, as the walk sees them."""
    return (-1, 0, slice(1, None), slice(-1)) if reverse else (0, -1, slice(-1), slice(1, None))


def joined(h: Tensor, end: Tensor, reverse: bool) -> Tensor:
    """h and one step more, behind it in the order of the walk."""
    end = end.unsqueeze(-2)
    return torch.cat([end, h] if reverse else [h, end], -2)


def before(h: Tensor, h0: Tensor, reverse: bool) -> Tensor:
    """The state before each step, in the dtype of h0."""
    _, _, earlier, _ = ends(reverse)
    return joined(h[..., earlier, :].to(h0.dtype), h0, not reverse)
