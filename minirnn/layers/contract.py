"""What every layer keeps to, and the part of it that is the same in all, once.

    y, state = layer(x, state, reset=reset)    x (batch, time, d_in) -> y (batch, time, d_out)
    y_t, state = layer.step(x_t, state)        the same for one step, x_t (batch, d_in)
    state = layer.initial_state(batch)         the state before the first step

A layer derives from `Layer`. It tells it the width of x and the shapes of its state, and gives two methods,
`run` for a whole sequence and `advance` for one step. When they are called, x, state and reset have been
checked and there is a state. `minirnn.layers` says in words what the two must do.
"""

from collections.abc import Iterable
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from minirnn.layers.shared.checks import (
    Shape,
    check_cut,
    check_sequence,
    check_state,
    check_step,
    first_weight,
)
from minirnn.layers.shared.precision import state_dtype

State = tuple[Tensor, ...]
Output = tuple[Tensor, State]
Device = torch.device | str | None
DType = torch.dtype | None


class Stateful(Protocol):
    """What has a state."""

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """The state before the first step, for inputs of `dtype` (default: that of the weights)."""


class SequenceLayer(Stateful, Protocol):
    """What a caller may ask of a layer, of ours and of anybody's."""

    def __call__(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, dim) -> y (batch, time, dim_out) and the state after the last step."""

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, dim) -> y_t (batch, dim_out) and the next state."""


class Layer(nn.Module):
    """The base of all layers and blocks.

    d_in: the last dimension of x. state_shapes: of each tensor of the state, without its batch; -1 stands for
    any size, at the start none. Empty for a block whose state is that of its `parts`: these check it.
    """

    cuts_time = False  # whether steps meet in scans and short convolutions alone, so that time can be cut
    parts: tuple[str, ...] = ()  # names of the layers in it whose states, in this order, are its own
    half_state = False  # whether the state has the dtype of x, in half precision too; else at least float32

    def __init__(self, d_in: int, state_shapes: Iterable[Shape] = ()) -> None:
        super().__init__()
        self.d_in, self.state_shapes = d_in, tuple(state_shapes)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_in) -> y (batch, time, d_out), and the state after the last step."""
        raise NotImplementedError

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> y_t (batch, d_out), and the next state. By default `run` over one step."""
        y, state = self.run(x_t.unsqueeze(1), state, None)
        return y[:, 0], state

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """The state before the first step, for inputs of `dtype` (default: that of the weights).

        Zeros of `state_shapes`, or that of the `parts`.
        """
        if self.parts:
            parts = [getattr(self, name) for name in self.parts]
            return tuple(s for part in parts for s in part.initial_state(batch, device, dtype))
        weight = first_weight(self)
        device, dtype = device or weight.device, dtype or weight.dtype
        dtype = dtype if self.half_state else state_dtype(dtype)
        shapes = [[max(size, 0) for size in shape] for shape in self.state_shapes]
        return tuple(torch.zeros(batch, *shape, device=device, dtype=dtype) for shape in shapes)

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, d_in), reset (batch, time) -> y (batch, time, d_out), and the state after the last.

        Raises ValueError where x, state or reset do not fit, or where time is cut over processes and this
        layer cannot be.
        """
        self.check(x, state, reset)
        state = self.initial_state(x.shape[0], x.device, x.dtype) if state is None else state
        return self.run(x, state, reset)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> y_t (batch, d_out), and the next state. ValueError: they do not fit."""
        check_step(x_t, self.d_in, first_weight(self))
        if self.state_shapes:
            check_state(state, x_t.shape[0], self.state_shapes)
        return self.advance(x_t, state)

    def check(self, x: Tensor, state: State | None, reset: Tensor | None) -> None:
        """Raise ValueError as `forward` says."""
        check_cut(self)
        check_sequence(x, self.d_in, first_weight(self), reset)
        if state is not None and self.state_shapes:
            check_state(state, x.shape[0], self.state_shapes)


def state_count(layer: Stateful) -> int:
    """How many tensors the state of `layer` holds. To make one and count would cost a tenth of a step."""
    if shapes := getattr(layer, "state_shapes", ()):
        return len(shapes)
    if isinstance(layer, Layer) and layer.parts:
        count = 0
        for name in layer.parts:
            part: Any = layer._modules.get(name) or getattr(layer, name)  # the first is faster
            count += state_count(part)
        return count
    return len(layer.initial_state(0))
