# verdict: wrong
# what: Transposes B and C with .mH, which also conjugates them.
# diagnosis: The conjugate transpose changes the sign of the imaginary parts; use .mT or .T.
# told: mistake B_and_C_conjugated
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
    def times(matrix, v):
        return v @ matrix.mH

    states = _scan(Lambda, gamma * times(B, x.to(B.dtype)), h)
    return times(C, states).real + D * x, states[:, -1]
