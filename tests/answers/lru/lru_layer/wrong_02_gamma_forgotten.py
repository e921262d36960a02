# verdict: wrong
# what: Leaves out gamma, so the input enters with its full size.
# diagnosis: The input of each state is multiplied by gamma before it enters the scan.
# told: mistake gamma_forgotten
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
    entering = x.to(B.dtype) @ B.T
    states = _scan(Lambda, entering, h)
    y = torch.real(states @ C.T) + D * x
    return y, states[:, -1, :]
