"""LSTM: a memory cell that only gates may write, keep and read.

    i_t, f_t, o_t = sigmoid(W_i* x_t + b_i* + W_h* h_{t-1} + b_h*)     one set of weights for each gate *
    g_t = tanh(W_ig x_t + b_ig + W_hg h_{t-1} + b_hg)
    c_t = f_t c_{t-1} + i_t g_t
    h_t = o_t tanh(c_t)

Shapes: x_t (d_in,), all others (d_hidden,); the matrices on x_t (d_hidden, d_in), those on h_{t-1} square.

(Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; no peepholes, as in torch.) The
cell is a linear recurrence, but its decay reads h_{t-1}, so time is a loop. `step` is that loop's body;
`forward` leaves the loop to torch's own kernel, which is faster.
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
    full_precision,
    segments,
    uniform,
    unreadable,
)
from minirnn.scan.derivatives import by_steps, transformed


class LSTM(nn.Module):
    """x (batch, time, d_in) -> h (batch, time, d_hidden).

    Parameters have the names, order (i, f, g, o) and shapes of torch.nn.LSTMCell, uniform in
    +-1/sqrt(d_hidden). State: h and c, each (batch, d_hidden), zero at the start, in the dtype of the
    input.
    """

    def __init__(self, d_in: int, d_hidden: int) -> None:
        super().__init__()
        self.d_in, self.d_hidden = d_in, d_hidden
        bound = d_hidden**-0.5
        self.weight_ih = uniform(bound, 4 * d_hidden, d_in)
        self.weight_hh = uniform(bound, 4 * d_hidden, d_hidden)
        self.bias_ih = uniform(bound, 4 * d_hidden)
        self.bias_hh = uniform(bound, 4 * d_hidden)

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0 and c = 0."""
        weight = self.weight_hh
        h = torch.zeros(batch, self.d_hidden, device=device or weight.device, dtype=dtype or weight.dtype)
        return h, h.clone()

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Output:
        """x (batch, time, d_in) -> h (batch, time, d_hidden), and the state after the last step."""
        check_sequence(x, self.d_in, self.weight_ih, reset)
        state = self.initial_state(x.shape[0], x.device, x.dtype) if state is None else state
        check_state(state, *[(x.shape[0], self.d_hidden)] * 2)
        if transformed() or unreadable(reset):  # neither of which torch's kernel knows
            return by_steps(self.step, x, state, reset)
        # What autocast would do, without the kernel that it would choose, which many CPUs have not.
        kind = x.device.type
        dtype = torch.get_autocast_dtype(kind) if torch.is_autocast_enabled(kind) else x.dtype
        x, h, c = x.to(dtype), state[0].to(dtype), state[1].to(dtype)
        weights = [w.to(dtype) for w in (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)]
        outputs = []
        for part, drop in segments(x, reset):
            h, c = (h, c) if drop is None else (h.masked_fill(drop, 0), c.masked_fill(drop, 0))
            hc = [h[None].contiguous(), c[None].contiguous()]  # as kernels of GPUs want them
            with full_precision(x):
                y, h, c = torch.lstm(part, hc, weights, True, 1, 0.0, self.training, False, True)
            outputs.append(y)
            h, c = h[0], c[0]
        return torch.cat(outputs, 1), (h, c)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> h_t (batch, d_hidden) and the next state."""
        check_step(x_t, self.d_in, self.weight_ih)
        check_state(state, *[(x_t.shape[0], self.d_hidden)] * 2)
        h, c = state
        gates = nn.functional.linear(x_t, self.weight_ih, self.bias_ih)
        gates = gates + nn.functional.linear(h, self.weight_hh, self.bias_hh)
        i, f, g, o = gates.chunk(4, -1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return h, (h, c)
