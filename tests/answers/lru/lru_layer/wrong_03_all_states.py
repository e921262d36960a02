# verdict: wrong
# what: Returns all states (batch, time, d_state) instead of the state after the last step.
# diagnosis: Hand on only the last state, of shape (batch, d_state), so that the next piece can begin from it.
# told: mistake all_states_returned
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
    h = _scan(Lambda, gamma * torch.einsum("sm,btm->bts", B, x.to(B.dtype)), h)
    y = torch.einsum("ms,bts->btm", C, h).real + D * x
    return y, h
