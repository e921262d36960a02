"""GRU: a gated mean of the old state and a new candidate.

    r_t = sigmoid(W_ir x_t + b_ir + W_hr h_{t-1} + b_hr)
    z_t = sigmoid(W_iz x_t + b_iz + W_hz h_{t-1} + b_hz)
    n_t = tanh(W_in x_t + b_in + r_t (W_hn h_{t-1} + b_hn))
    h_t = (1 - z_t) n_t + z_t h_{t-1}

Shapes: x_t (d_in,), all others (d_hidden,); the matrices on x_t (d_hidden, d_in), those on h_{t-1} square.

(Cho et al. 2014, arXiv 1406.1078, equations 5 to 8, in the variant of cuDNN and torch: r_t multiplies after
W_hn, where the paper has W (r_t h_{t-1}), and z_t = 1 keeps the old state.) The gates read h_{t-1}, so this
is no scan: time is a loop. `step` is that loop's body; `forward` leaves the loop to torch's own kernel,
which is faster.
"""

import torch
from torch import Tensor, nn

from minirnn.layers.common import (
    Device,
    DType,
    Output,
    State,
    check_sequence,
    check_state,
    check_step,
    segments,
    uniform,
    unreadable,
)
from minirnn.scan.derivatives import by_steps, transformed


class GRU(nn.Module):
    """x (batch, time, d_in) -> h (batch, time, d_hidden).

    Parameters have the names, order (r, z, n) and shapes of torch.nn.GRUCell, uniform in +-1/sqrt(d_hidden).
    State: h (batch, d_hidden), zero at the start, in the dtype of the input.
    """

    def __init__(self, d_in: int, d_hidden: int) -> None:
        super().__init__()
        self.d_in, self.d_hidden = d_in, d_hidden
        bound = d_hidden**-0.5
        self.weight_ih = uniform(bound, 3 * d_hidden, d_in)
        self.weight_hh = uniform(bound, 3 * d_hidden, d_hidden)
        self.bias_ih = uniform(bound, 3 * d_hidden)
        self.bias_hh = uniform(bound, 3 * d_hidden)

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0."""
        weight = self.weight_hh
        return (
            torch.zeros(batch, self.d_hidden, device=device or weight.device, dtype=dtype or weight.dtype),
        )

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, d_in) -> h (batch, time, d_hidden), and the state after the last step."""
        check_sequence(x, self.d_in, self.weight_ih, reset)
        state = self.initial_state(x.shape[0], x.device, x.dtype) if state is None else state
        check_state(state, (x.shape[0], self.d_hidden))
        if transformed() or unreadable(reset):  # neither of which torch's kernel knows
            return by_steps(self.step, x, state, reset)
        (h,) = state
        weights: list[Tensor] = [self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh]
        outputs = []
        for part, drop in segments(x, reset):
            h = h if drop is None else h.masked_fill(drop, 0)
            y, last = torch.gru(part, h[None].contiguous(), weights, True, 1, 0.0, self.training, False, True)
            outputs.append(y)
            h = last[0]
        return torch.cat(outputs, 1), (h,)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> h_t (batch, d_hidden) and the next state."""
        check_step(x_t, self.d_in, self.weight_ih)
        check_state(state, (x_t.shape[0], self.d_hidden))
        (h,) = state
        x_r, x_z, x_n = nn.functional.linear(x_t, self.weight_ih, self.bias_ih).chunk(3, -1)
        h_r, h_z, h_n = nn.functional.linear(h, self.weight_hh, self.bias_hh).chunk(3, -1)
        r = torch.sigmoid(x_r + h_r)
        z = torch.sigmoid(x_z + h_z)
        n = torch.tanh(x_n + r * h_n)
        h = (1 - z) * n + z * h
        return h, (h,)
