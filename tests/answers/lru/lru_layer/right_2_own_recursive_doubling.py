# verdict: right
# what: Does not use the given scan but its own doubling, written as a recursion with zero padding.
# diagnosis: none
import math  # noqa: F401

from torch.nn.functional import pad as _pad
import torch
from torch import Tensor


def _scan(a: Tensor, b: Tensor, h0: Tensor) -> Tensor:
    """All states of h_t = a * h_{t-1} + b_t, in log2(time) rounds.

    a: (d_state,), the same at every step. b: (batch, time, d_state). h0: the state before, (batch, d_state).
    """
    h = torch.cat([b[:, :1] + (a * h0)[:, None], b[:, 1:]], dim=1)
    distance = 1
    while distance < h.shape[1]:
        h = torch.cat([h[:, :distance], h[:, distance:] + a * h[:, :-distance]], dim=1)
        a, distance = a * a, 2 * distance
    return h


def _double(power, states, reach):
    if reach >= states.shape[1]:
        return states
    earlier = _pad(states[:, :-reach], (0, 0, reach, 0))
    return _double(power * power, states + power * earlier, 2 * reach)


def lru_layer(
    x: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    b = gamma * (x.to(B.dtype) @ B.T)
    carried = _pad((Lambda * h)[:, None], (0, 0, 0, x.shape[1] - 1))
    states = _double(Lambda, b + carried, 1)
    return (states @ C.T).real + D * x, states[:, -1]
