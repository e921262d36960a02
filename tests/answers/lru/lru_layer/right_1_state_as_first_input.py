# verdict: right
# what: Puts the old state in front as a first input, scans from zeros and drops the first state.
# diagnosis: none
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
    drive = torch.cat([h.unsqueeze(1), gamma * (x.to(B.dtype) @ B.T)], dim=1)
    states = _scan(Lambda, drive, torch.zeros_like(h)).narrow(1, 1, x.shape[1])
    y = torch.addcmul(torch.matmul(states, C.T).real, D, x)
    return y, states.select(1, -1)
