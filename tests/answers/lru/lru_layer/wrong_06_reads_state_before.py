# verdict: wrong
# what: Reads each output from the state before the step.
# diagnosis: y_t belongs to h_t, the state after the input of step t; you shifted the states by one.
# told: mistake one_step_late
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


def lru_layer(
    x: Tensor, h: Tensor, Lambda: Tensor, gamma: Tensor, B: Tensor, C: Tensor, D: Tensor
) -> tuple[Tensor, Tensor]:
    b = gamma * (x.to(B.dtype) @ B.T)
    after = _scan(Lambda, b, h)
    before = torch.cat([h.unsqueeze(1), after[:, :-1]], dim=1)
    y = (before @ C.T).real + x * D
    return y, after[:, -1]
