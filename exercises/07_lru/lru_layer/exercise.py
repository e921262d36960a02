"""The LRU on a whole sequence, as a scan."""

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
    """h_t = Lambda h_{t-1} + gamma (B x_t) and y_t = Re(C h_t) + D x_t, for all t.

    Args:
        x: the inputs, real, (batch, time, d_model).
        h: the state before the first step, complex, (batch, d_state).
        Lambda: eigenvalues, complex, (d_state,).
        gamma: factors of the input, real, (d_state,).
        B: complex, (d_state, d_model).
        C: complex, (d_model, d_state).
        D: real, (d_model,).

    Returns:
        y, real, (batch, time, d_model), and the state after the last step, complex, (batch, d_state).
    """
    # BEGIN SOLUTION
    states = _scan(Lambda, gamma * (x.to(B.dtype) @ B.T), h)
    return (states @ C.T).real + D * x, states[:, -1]
    # END SOLUTION
