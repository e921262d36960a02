"""GRU: a gated mean of the old state and a new candidate.

    r_t = sigmoid(W_ir x_t + b_ir + W_hr h_{t-1} + b_hr)
    z_t = sigmoid(W_iz x_t + b_iz + W_hz h_{t-1} + b_hz)
    n_t = tanh(W_in x_t + b_in + r_t (W_hn h_{t-1} + b_hn))
    h_t = (1 - z_t) n_t + z_t h_{t-1}

Shapes: x_t (d_in,), all others (d_hidden,); the matrices on x_t (d_hidden, d_in), those on h_{t-1} square.

(Cho et al. 2014, arXiv 1406.1078, equations 5 to 8, in the variant of cuDNN and torch: r_t multiplies after
W_hn, where the paper has W (r_t h_{t-1}), and z_t = 1 keeps the old state.) The gates read h_{t-1}, so this
is no scan: time is a loop. `advance` is that loop's body; `run` leaves the loop to torch's own kernel, which
is faster.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.kernels import between_resets
from minirnn.layers.shared.weights import uniform


class GRU(Layer):
    """x (batch, time, d_in) -> h (batch, time, d_hidden).

    Parameters have the names, order (r, z, n) and shapes of torch.nn.GRUCell, uniform in +-1/sqrt(d_hidden).
    State: h (batch, d_hidden), zero at the start, in the dtype of the input.
    """

    half_state = True

    def __init__(self, d_in: int, d_hidden: int) -> None:
        super().__init__(d_in, [(d_hidden,)])
        bound = d_hidden**-0.5
        self.weight_ih = uniform(bound, 3 * d_hidden, d_in)
        self.weight_hh = uniform(bound, 3 * d_hidden, d_hidden)
        self.bias_ih = uniform(bound, 3 * d_hidden)
        self.bias_hh = uniform(bound, 3 * d_hidden)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> h_t (batch, d_hidden), which is the next state."""
        (h,) = state
        x_r, x_z, x_n = F.linear(x_t, self.weight_ih, self.bias_ih).chunk(3, -1)
        h_r, h_z, h_n = F.linear(h, self.weight_hh, self.bias_hh).chunk(3, -1)
        r = torch.sigmoid(x_r + h_r)
        z = torch.sigmoid(x_z + h_z)
        n = torch.tanh(x_n + r * h_n)
        h = (1 - z) * n + z * h
        return h, (h,)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_in) -> h (batch, time, d_hidden), and the last h."""
        weights: list[Tensor] = [self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh]

        def kernel(x: Tensor, state: State) -> Output:
            h = state[0][None].contiguous()
            y, last = torch.gru(x, h, weights, True, 1, 0.0, self.training, False, True)
            return y, (last[0],)

        return between_resets(kernel, self.advance, x, state, reset)
