"""S4D: each channel filters itself with a handful of damped waves.

    h'(s) = A h(s) + x(s),   y(s) = 2 Re(C . h(s)) + D x(s)           d_state / 2 complex modes per channel
    h_t = A_bar h_{t-1} + B_bar x_t,   y_t = 2 Re(C . h_t) + D x_t    sampled every delta by zero-order hold
    y = K * x + D x,   K_l = 2 Re(C . B_bar A_bar^l)                  the same as one long convolution

(Gu et al. 2022, "On the Parameterization and Initialization of Diagonal State Space Models", arXiv
2206.11893.) x and y have one number for each of d_model channels, h, A and C d_state / 2 complex
ones. The factor 2 stands for the complex conjugate of each mode, which is not kept. Channels do not mix here:
a linear map after the layer does that.

Training sees all inputs at once and takes the convolution. Generation takes the recurrence, as does a text
with resets, since a kernel that is the same everywhere cannot forget at a given place. What matters most is
where A starts: `init` is one of INITS, whose imaginary parts are the frequencies of the waves.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.linear import causal_convolution
from minirnn.layers.shared.complex import as_complex
from minirnn.layers.shared.discretize import DELTA_RANGE, discretize, log_uniform
from minirnn.layers.shared.hippo import hippo_normal
from minirnn.scan import scan
from minirnn.scan.pieces import cut

INITS = ("lin", "inv", "legs", "real")


class S4D(Layer):
    """x (batch, time, d_model) -> y of the same shape.

    d_state: states of each channel, even; half of them are kept. init: one of INITS. convolve: whether
    `forward` convolves where there is no reset. Delta starts log-uniform in DELTA_RANGE, one per channel;
    C complex normal, D standard normal. State: h as real numbers (batch, d_model, d_state / 2, 2), float32
    (float64 for float64 inputs), zero at the start. Raises ValueError for an odd d_state or another init.
    """

    cuts_time = True

    def __init__(self, d_model: int, d_state: int = 64, init: str = "lin", convolve: bool = True) -> None:
        super().__init__(d_model, [(d_model, d_state // 2, 2)])
        if d_state < 2 or d_state % 2:
            raise ValueError(f"d_state is {d_state}, expected an even number: conjugate pairs")
        self.modes, self.convolve = d_state // 2, convolve
        A, dtype = initial_eigenvalues(init, d_state), torch.get_default_dtype()
        # Re A = -exp(.) keeps every mode stable.
        self.A_re_log = nn.Parameter((-A.real).log().to(dtype).repeat(d_model, 1))
        self.A_im = nn.Parameter(A.imag.to(dtype).repeat(d_model, 1))
        self.C = nn.Parameter(torch.randn(d_model, self.modes, 2) / math.sqrt(2))
        self.D = nn.Parameter(torch.randn(d_model))
        self.delta_log = nn.Parameter(log_uniform(d_model, *DELTA_RANGE).log())

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last h."""
        wide, h = x.to(state[0].dtype), as_complex(state[0])
        if self.convolve and reset is None and cut() is None:
            y, h = self._convolve(wide, h)
        else:
            y, h = self._recur(wide, h, reset)
        return torch.addcmul(y.to(x.dtype), self.D.to(x.dtype), x), (torch.view_as_real(h),)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next h."""
        _, A_bar, B_bar, C = self._system(state[0].dtype)
        h = A_bar * as_complex(state[0]) + B_bar * x_t.to(state[0].dtype).unsqueeze(-1)
        y = 2 * (h * C).sum(-1).real.to(x_t.dtype)
        return torch.addcmul(y, self.D.to(x_t.dtype), x_t), (torch.view_as_real(h),)

    def _system(self, dtype: torch.dtype) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """delta A, A_bar, B_bar and C, complex (d_model, modes)."""
        A = torch.complex(-torch.exp(self.A_re_log.to(dtype)), self.A_im.to(dtype))
        delta = torch.exp(self.delta_log.to(dtype)).unsqueeze(-1)
        return delta * A, *discretize(A, delta), as_complex(self.C.to(dtype))

    def _recur(self, x: Tensor, h: Tensor, reset: Tensor | None) -> tuple[Tensor, Tensor]:
        """x (batch, time, d_model), complex h (batch, d_model, modes) -> y without D x, and the last h."""
        _, A_bar, B_bar, C = self._system(x.dtype)
        b = (B_bar * x.unsqueeze(-1)).flatten(2)
        states, last = scan(A_bar.flatten(), b, h.flatten(1), reset=reset)
        y = 2 * torch.einsum("btdm,dm->btd", states.unflatten(2, C.shape), C).real
        return y, last.unflatten(1, C.shape)

    def _convolve(self, x: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """The same without a loop. All powers A_bar^(i width + j) are products of two, A_bar^(i width) and
        A_bar^j: about 2 sqrt(seq_len) numbers for each mode instead of seq_len, and a product of matrices.
        """
        seq_len = x.shape[1]
        log_A, A_bar, B_bar, C = self._system(x.dtype)
        width = math.ceil(math.sqrt(seq_len))  # torch.compile knows no isqrt of a length that varies
        rows = -(-seq_len // width)
        steps = torch.arange(width, device=x.device)
        leap = torch.exp(log_A.unsqueeze(1) * (width * steps[:rows, None]))  # (d_model, rows, modes)
        walk = torch.exp(log_A.unsqueeze(2) * steps)  # (d_model, modes, width)

        # What rings on: after a single 1 (the kernel), and after the state of each sequence in the batch.
        begin = torch.cat([B_bar.unsqueeze(0), A_bar * h]).transpose(0, 1)
        amplitude = (begin * C.unsqueeze(1)).unsqueeze(2) * leap.unsqueeze(1)
        ringing = 2 * (amplitude.flatten(1, 2) @ walk).real.unflatten(1, (-1, rows)).flatten(2)[..., :seq_len]
        y = causal_convolution(ringing[:, 0].T, x) + ringing[:, 1:].permute(1, 2, 0)

        # The last state: each input times A_bar to the power of its age.
        aged = F.pad(x.flip(1), (0, 0, 0, rows * width - seq_len)).permute(2, 0, 1)
        aged = aged.reshape(self.d_in, -1, width).to(walk.dtype) @ walk.mT
        left = B_bar.unsqueeze(1) * (aged.unflatten(1, (-1, rows)) * leap.unsqueeze(1)).sum(2)
        return y, left.transpose(0, 1) + torch.exp(seq_len * log_A) * h


def initial_eigenvalues(init: str, d_state: int) -> Tensor:
    """The d_state / 2 eigenvalues with imaginary part >= 0 that `init` stands for, complex128.

    lin: -1/2 + i pi n. inv: -1/2 + i d_state/pi (d_state/(2n+1) - 1). legs: those of HiPPO-LegS without its
    rank-1 part. real: -(n+1). n counts from 0. Raises ValueError for another name.
    """
    n = torch.arange(d_state // 2, dtype=torch.float64)
    if init == "lin":
        return torch.complex(torch.full_like(n, -0.5), math.pi * n)
    if init == "inv":
        return torch.complex(torch.full_like(n, -0.5), d_state / math.pi * (d_state / (2 * n + 1) - 1))
    if init == "legs":
        return hippo_normal(d_state)[0]
    if init == "real":
        return torch.complex(-(n + 1), torch.zeros_like(n))
    raise ValueError(f"init is {init!r}, expected one of {', '.join(INITS)}")
