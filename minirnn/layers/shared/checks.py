"""What a layer asks of its input before it runs: each refusal says what was given and what was expected."""

import torch
from torch import Tensor, nn

from minirnn.scan.pieces import cut

Shape = tuple[int, ...]


def first_weight(layer: nn.Module) -> Tensor:
    """The first weight with a floating point in `layer`, to tell its device and dtype; else nothing, float32.

    Asked of the layer and not of a certain map in it: another map may have taken that one's place.
    """
    found = _first_weight(layer)
    return torch.empty(0) if found is None else found


def _first_weight(layer: nn.Module) -> Tensor | None:
    # As `layer.parameters()` goes, without its sets of what was seen: every step of a layer asks this.
    for weight in layer._parameters.values():
        if weight is not None and weight.is_floating_point():
            return weight
    for inner in layer._modules.values():
        if inner is not None and (found := _first_weight(inner)) is not None:
            return found
    return None


def check_cut(layer: nn.Module) -> None:
    """Raise ValueError where time is cut over processes and `layer`, or one in it, cannot be cut."""
    if cut() is None:
        return
    for inner in layer.modules():
        if hasattr(inner, "step") and not getattr(inner, "cuts_time", False):
            raise ValueError(
                f"{type(inner).__name__} cannot read a sequence that is cut over processes (cut_over); "
                "the layers of the presets hawk, lru, s4d, s5, mamba and mingru can"
            )


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
    shape = x_t.shape
    if len(shape) != 2 or shape[1] != dim:
        raise ValueError(f"x_t has shape {tuple(x_t.shape)}, expected (batch, {dim})")
    _check_dtype(x_t, weight)


def check_state(state: tuple[Tensor, ...], batch: int, shapes: tuple[Shape, ...]) -> None:
    """Raise ValueError unless `state` holds one tensor (batch, *shape) of each shape; -1 is any size.

    Without it a state of one row would quietly be every row's, and one of many rows make many of one.
    """
    if len(state) == len(shapes):
        for s, shape in zip(state, shapes, strict=True):  # every step of a layer asks this: no generators
            if s.shape != (batch, *shape) and not _fits(s.shape, (batch, *shape)):
                break
        else:
            return
    given = tuple(tuple(s.shape) for s in state)
    raise ValueError(f"state has shapes {given}, expected {tuple((batch, *shape) for shape in shapes)}")


def _fits(given: Shape, wanted: Shape) -> bool:
    return len(given) == len(wanted) and all(
        want in (-1, have) for have, want in zip(given, wanted, strict=True)
    )


def _check_dtype(x: Tensor, weight: Tensor) -> None:
    # Under autocast activations and weights differ on purpose, and torch converts at each product.
    if x.dtype != weight.dtype and not (x.is_floating_point() and torch.is_autocast_enabled(x.device.type)):
        raise ValueError(f"x has dtype {x.dtype}, the weights have {weight.dtype}: convert one to the other")
