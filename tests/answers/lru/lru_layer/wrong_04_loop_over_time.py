# verdict: wrong
# what: Gets the right values with a loop over all steps.
# diagnosis: The numbers are right, but you walk through time step by step; one matrix product in, one scan and one product out do it for any length.
# told: something loops over time
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
    outputs = []
    for t in range(x.shape[1]):
        x_t = x[:, t]
        h = Lambda * h + gamma * (x_t.to(B.dtype) @ B.T)
        outputs.append((h @ C.T).real + D * x_t)
    return torch.stack(outputs, dim=1), h
