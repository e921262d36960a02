"""What all layers share: the shape of their contract, the checks of their input, and their linear maps.

A linear map `y = W x` keeps the variance of its input when its weights have variance 1/fan-in
(LeCun et al. 1998, "Efficient BackProp", section 4.6): that is how every map here starts.
"""

import inspect
import math
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

import torch
from torch import Tensor, nn

if TYPE_CHECKING:
    from torch.distributed import ProcessGroup

State = tuple[Tensor, ...]
Output = tuple[Tensor, State]
Device = torch.device | str | None
DType = torch.dtype | None
Group: TypeAlias = "ProcessGroup | None"


class SequenceLayer(Protocol):
    """The contract of every layer; the text of `minirnn.layers` says it in words."""

    def __call__(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, dim) -> y (batch, time, dim_out) and the state after the last step."""

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, dim) -> y_t (batch, dim_out) and the next state."""

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """The state before the first step, for inputs of `dtype` (default: that of the weights)."""


def with_group(layer: SequenceLayer, group: Group) -> dict[str, Any]:
    """The keyword with which `layer` reads a sequence that is cut over processes; none without a group.

    Raises ValueError for a layer that cannot.
    """
    if group is None:
        return {}
    if "group" not in inspect.signature(layer.forward).parameters:  # type: ignore[attr-defined]
        raise ValueError(
            f"{type(layer).__name__} cannot read a sequence that is cut over processes (group); "
            "the layers of the presets hawk, lru, s4d, s5, mamba and mingru can"
        )
    return {"group": group}


def leads(group: Group) -> bool:
    """Whether this process has the beginning of the sequence."""
    return group is None or torch.distributed.get_rank(group) == 0


def linear(d_in: int, d_out: int) -> nn.Linear:
    """A linear map without bias whose weights are normal with variance 1/d_in."""
    layer = nn.Linear(d_in, d_out, bias=False)
    nn.init.normal_(layer.weight, std=1 / math.sqrt(d_in))
    return layer


def first_weight(layer: nn.Module) -> Tensor:
    """The first weight with a floating point in `layer`, to tell its device and dtype; else nothing, float32.

    Asked of the layer and not of a certain map in it: another map may have taken that one's place.
    """
    found = (p for p in layer.parameters() if p.is_floating_point())
    first = next(found, None)
    return torch.empty(0) if first is None else first


def as_complex(pairs: Tensor) -> Tensor:
    """Real and imaginary parts (..., 2), in any memory layout -> complex (...), never below complex64.

    torch.view_as_complex saves the copy, but wants the two side by side and at an even place.
    """
    return torch.complex(*pairs.to(state_dtype(pairs.dtype)).unbind(-1))


def check_sequence(x: Tensor, dim: int, weight: Tensor, reset: Tensor | None = None) -> None:
    """Raise ValueError unless x is (batch, time, dim) in the dtype of `weight`, reset (batch, time) bool."""
    if x.ndim != 3 or x.shape[-1] != dim or x.shape[1] == 0:
        raise ValueError(
            f"x has shape {tuple(x.shape)}, expected (batch, time, {dim}) with time of at least 1"
        )
    _check_dtype(x, weight)
    if reset is None:
        return
    if reset.shape != x.shape[:2]:
        raise ValueError(
            f"reset has shape {tuple(reset.shape)}, expected {tuple(x.shape[:2])}: (batch, time) of x"
        )
    if reset.dtype != torch.bool:
        raise ValueError(f"reset has dtype {reset.dtype}, expected torch.bool")


def check_step(x_t: Tensor, dim: int, weight: Tensor) -> None:
    """Raise ValueError unless x_t is (batch, dim) in the dtype of `weight`."""
    if x_t.ndim != 2 or x_t.shape[-1] != dim:
        raise ValueError(f"x_t has shape {tuple(x_t.shape)}, expected (batch, {dim})")
    _check_dtype(x_t, weight)


def check_state(state: State, *shapes: tuple[int, ...]) -> None:
    """Raise ValueError unless `state` holds one tensor of each shape; -1 stands for any size.

    Without it a state of one row would quietly be every row's, and one of many rows make many of one.
    """
    given = tuple(tuple(s.shape) for s in state)
    fits = len(given) == len(shapes) and all(
        len(g) == len(s) and all(want in (-1, have) for have, want in zip(g, s, strict=True))
        for g, s in zip(given, shapes, strict=True)
    )
    if not fits:
        raise ValueError(f"state has shapes {given}, expected {shapes}")


def _check_dtype(x: Tensor, weight: Tensor) -> None:
    # Under autocast activations and weights differ on purpose, and torch converts at each product.
    if x.dtype != weight.dtype and not (x.is_floating_point() and torch.is_autocast_enabled(x.device.type)):
        raise ValueError(f"x has dtype {x.dtype}, the weights have {weight.dtype}: convert one to the other")


def full_precision(x: Tensor) -> AbstractContextManager[Any]:
    """A context without autocast on the device of x: it would round a state to half at every step."""
    kind = x.device.type
    return torch.autocast(kind, enabled=False) if torch.amp.is_autocast_available(kind) else nullcontext()


def state_dtype(dtype: torch.dtype) -> torch.dtype:
    """The dtype a state is kept in: float64 for float64 inputs, else float32.

    A decay of 0.999 is 1 in bfloat16, so a state is never held in less than float32.
    """
    return torch.float64 if dtype == torch.float64 else torch.float32


def uniform(bound: float, *shape: int) -> nn.Parameter:
    """A parameter of this shape, uniform in [-bound, bound]."""
    return nn.Parameter(torch.empty(shape).uniform_(-bound, bound))


def segments(x: Tensor, reset: Tensor | None) -> Iterator[tuple[Tensor, Tensor | None]]:
    """Cut x (batch, time, dim) before each step where any row resets, for kernels that only run straight.

    Yields each piece with a mask (batch, 1) of the rows whose state is dropped before it, or None for no row.
    """
    if reset is None:
        yield x, None
        return
    cuts = sorted({0, x.shape[1], *reset.any(0).nonzero().flatten().tolist()})
    for begin, end in pairwise(cuts):
        yield x[:, begin:end], reset[:, begin, None]


def unreadable(reset: Tensor | None) -> bool:
    """Whether there is a mask whose content is not to be had: in a graph, or on the meta device."""
    return reset is not None and (torch.compiler.is_compiling() or reset.is_meta)
