# verdict: wrong
# what: Treats a piece of one step apart and right, but for longer pieces starts from zeros and ignores the state it was handed.
# diagnosis: The state before the first step matters for a piece of any length; hand h to the scan and not zeros.
# told: mistake state_not_carried
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
    if x.shape[1] == 1:
        h1 = Lambda * h + gamma * (x[:, 0].to(B.dtype) @ B.T)
        y1 = (h1 @ C.T).real + D * x[:, 0]
        return y1[:, None], h1
    u = gamma * (x.to(B.dtype) @ B.T)
    states = _scan(Lambda, u, torch.zeros_like(h))
    y = (states @ C.T).real + D * x
    return y, states[:, -1]
