"""The vanilla recurrent network: a state, squeezed through a tanh at every step.

    h_t = tanh(W h_{t-1} + U x_t + b)
    dL/dz_t = (1 - h_t^2) (dL/dh_t + W^T dL/dz_{t+1}),      z_t the argument of the tanh

Shapes: x_t (d_in,), h_t and z_t (d_hidden,), W (d_hidden, d_hidden), U (d_hidden, d_in), b (d_hidden,).

(Elman 1990; the second line is backpropagation through time, Werbos 1990; Pascanu et al. 2013, arXiv
1211.5063.) There dL/dh_t is what the loss wants of h_t directly; the rest is what it wants by way of later
steps. The gradient runs backwards through the same loop, times W^T and a slope of at most 1 at each step:
whether it survives depends on W, and so on how W starts.

`forward` and `backward` do this in numpy, from scratch, for one sequence. `RNN` is the same as a layer; its
loop over time is torch's kernel.
"""

from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.kernels import between_resets
from minirnn.layers.shared.weights import uniform

Array = NDArray[Any]
INITS = ("orthogonal", "gaussian", "scaled")


class Gradients(NamedTuple):
    """The gradient of a loss with respect to each argument of `forward`, of the shape of that argument."""

    x: Array
    W: Array
    U: Array
    b: Array
    h0: Array


def forward(x: Array, W: Array, U: Array, b: Array, h0: Array) -> Array:
    """All states h (time, d_hidden), in the dtype of x.

    x (time, d_in), W (d_hidden, d_hidden), U (d_hidden, d_in), b (d_hidden,), h0 (d_hidden,) comes before.
    """
    h = np.empty((len(x), len(b)), dtype=x.dtype)
    before = h0
    for t in range(len(x)):
        h[t] = np.tanh(W @ before + U @ x[t] + b)
        before = h[t]
    return h


def backward(grad_h: Array, h: Array, x: Array, W: Array, U: Array, h0: Array) -> Gradients:
    """Backpropagation through time. grad_h (time, d_hidden): dL/dh_t as the loss sees h_t directly."""
    grad_z = np.empty_like(h)
    slope = 1 - h**2  # of tanh
    from_later = np.zeros_like(h0)  # what the steps after t want of h_t
    for t in reversed(range(len(x))):
        grad_z[t] = slope[t] * (grad_h[t] + from_later)
        from_later = W.T @ grad_z[t]
    before = np.concatenate([h0[None], h])[:-1]
    return Gradients(x=grad_z @ U, W=grad_z.T @ before, U=grad_z.T @ x, b=grad_z.sum(0), h0=from_later)


class RNN(Layer):
    """x (batch, time, d_in) -> h (batch, time, d_hidden).

    init, radius: how W starts, see `initial_weight`. U and b are uniform in +-1/sqrt(d_hidden).
    State: h (batch, d_hidden), zero at the start, in the dtype of the input.
    """

    half_state = True

    def __init__(self, d_in: int, d_hidden: int, init: str = "orthogonal", radius: float = 1.0) -> None:
        super().__init__(d_in, [(d_hidden,)])
        self.d_hidden = d_hidden
        self.W = nn.Parameter(initial_weight(d_hidden, init, radius))
        self.U, self.b = uniform(d_hidden**-0.5, d_hidden, d_in), uniform(d_hidden**-0.5, d_hidden)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_in) -> h_t (batch, d_hidden), which is the next state."""
        h = torch.tanh(F.linear(x_t, self.U, self.b) + F.linear(state[0], self.W))
        return h, (h,)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_in) -> h (batch, time, d_hidden), and the last h."""
        # The kernel wants a bias on both sides.
        weights: list[Tensor] = [self.U, self.W, self.b, torch.zeros_like(self.b)]

        def kernel(x: Tensor, state: State) -> Output:
            h = state[0][None].contiguous()
            y, last = torch.rnn_tanh(x, h, weights, True, 1, 0.0, self.training, False, True)
            return y, (last[0],)

        return between_resets(kernel, self.advance, x, state, reset)


def initial_weight(d_hidden: int, init: str = "orthogonal", radius: float = 1.0) -> Tensor:
    """W (d_hidden, d_hidden), in three ways.

    orthogonal: `radius` times a random orthogonal matrix: all directions grow by `radius` (Saxe et al. 2014).
    gaussian: normal entries of variance radius^2 / d_hidden; eigenvalues fill a disk of about that radius.
    scaled: the same, scaled so that the largest eigenvalue has exactly that modulus (Jaeger 2001).
    Raises ValueError for another name.
    """
    if init not in INITS:
        raise ValueError(f"init is {init!r}, expected one of {', '.join(INITS)}")
    normal = torch.randn(d_hidden, d_hidden) / d_hidden**0.5
    if init == "orthogonal":
        Q, R = torch.linalg.qr(normal)
        return radius * Q * R.diagonal().sign()  # without the signs some Q would be likelier than others
    if init == "scaled":
        normal = normal / torch.linalg.eigvals(normal).abs().max()
    return radius * normal
