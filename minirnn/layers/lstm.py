"""LSTM: a memory cell that only gates may write, keep and read.

    i_t, f_t, o_t = sigmoid(W_i* x_t + b_i* + W_h* h_{t-1} + b_h*)     one set of weights for each gate *
    g_t = tanh(W_ig x_t + b_ig + W_hg h_{t-1} + b_hg)
    c_t = f_t c_{t-1} + i_t g_t
    h_t = o_t tanh(c_t)

Shapes: x_t (d_in,), all others (d_hidden,); the matrices on x_t (d_hidden, d_in), those on h_{t-1} square.

(Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000; no peepholes, as in torch.) The
cell is a linear recurrence, but its decay reads h_{t-1}, so time is a loop. `advance` is that loop's body;
`run` leaves the loop to torch's own kernel, which is faster.
"""

import torch
import torch.nn.functional as F
from torch import Tensor

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.kernels import between_resets
from minirnn.layers.shared.precision import autocast_dtype, full_precision
from minirnn.layers.shared.weights import uniform


class LSTM(Layer):
    """x (batch, time, d_in) -> h (batch, time, d_hidden).

    Parameters have the names, order (i, f, g, o) and shapes of torch.nn.LSTMCell, uniform in
    +-1/sqrt(d_hidden). State: h and c, each (batch, d_hidden), zero at the start, in the dtype of the
    input.
    """

    half_state = True

    def __init__(self, d_in: int, d_hidden: int) -> None:
        super().__init__(d_in, [(d_hidden,), (d_hidden,)])
        bound = d_hidden**-0.5
        self.weight_ih = uniform(bound, 4 * d_hidden, d_in)
        self.weight_hh = uniform(bound, 4 * d_hidden, d_hidden)
        self.bias_ih = uniform(bound, 4 * d_hidden)
        self.bias_hh = uniform(bound, 4 * d_hidden)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> h_t (batch, d_hidden), and the next h and c."""
        h, c = state
        gates = F.linear(x_t, self.weight_ih, self.bias_ih) + F.linear(h, self.weight_hh, self.bias_hh)
        i, f, g, o = gates.chunk(4, -1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return h, (h, c)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_in) -> h (batch, time, d_hidden), and the last h and c."""
        # What autocast would do, without the kernel that it would choose, which many CPUs have not.
        dtype = autocast_dtype(x)
        weights = [w.to(dtype) for w in (self.weight_ih, self.weight_hh, self.bias_ih, self.bias_hh)]

        def kernel(x: Tensor, state: State) -> Output:
            hc = [s[None].to(dtype).contiguous() for s in state]
            with full_precision(x):
                y, h, c = torch.lstm(x.to(dtype), hc, weights, True, 1, 0.0, self.training, False, True)
            return y, (h[0], c[0])

        return between_resets(kernel, self.advance, x, state, reset)
