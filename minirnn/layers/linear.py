"""The linear recurrence: take the tanh away, and one map has three faces.

    h_t = A h_{t-1} + B x_t,              y_t = C h_t + D x_t              step by step
    z_t = Lambda z_{t-1} + V^-1 B x_t,    y_t = Re(C V z_t) + D x_t        in the basis A = V Lambda V^-1
    y_t = sum_l K_l x_{t-l} + D x_t,      K_l = C A^l B                    as a convolution

Shapes: x_t (d_in,), h_t and z_t (d_state,), y_t (d_out,). In the layer d_in = d_out = d_model.

(Orvieto et al. 2023, arXiv 2303.06349, section 3; Gu et al. 2022, arXiv 2111.00396, for the convolution.)
D x_t is element by element; A, B and C are matrices. In the eigenbasis the N x N product of each
step becomes N products of complex numbers, and so a scan. The convolution has no state and sees all inputs
at once: a Fourier transform computes it in T log T.

`LinearRNN` is the first line, with a dense A and a loop over time. lru.py learns the second directly.
"""

import torch
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.precision import full_precision
from minirnn.layers.shared.weights import linear


class _Matrix(nn.Module):
    """Calling it gives the matrix itself, for a loop that multiplies by it at every step."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        self.weight = nn.Parameter(weight)

    def forward(self) -> Tensor:
        return self.weight


class LinearRNN(Layer):
    """The dense linear recurrence: x (batch, time, d_model) -> y of the same shape.

    A (d_state, d_state), B (d_state, d_model) and C (d_model, d_state) have normal entries of variance
    1/fan-in, so the eigenvalues of A fill the unit disk (the circular law). D (d_model,) is standard normal.
    radius: of `random_matrix`, for A. State: h (batch, d_state), float32 (float64 for float64 inputs), zero
    at the start. Raises ValueError for radius <= 0.
    """

    def __init__(self, d_model: int, d_state: int, radius: float | None = None) -> None:
        super().__init__(d_model, [(d_state,)])
        A, self.B, self.C = linear(d_state, d_state), linear(d_model, d_state), linear(d_state, d_model)
        with torch.no_grad():
            A.weight.copy_(random_matrix(d_state, radius))
        self.A = _Matrix(A.weight.detach())
        self.D = nn.Parameter(torch.randn(d_model))

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last h."""
        (h,) = state
        b, A, states = self.B(x).to(h.dtype), self.A().to(h.dtype), []
        with full_precision(x):
            for t, b_t in enumerate(b.unbind(1)):
                if reset is not None:
                    h = h.masked_fill(reset[:, t, None], 0)
                h = torch.addmm(b_t, h, A.T)
                states.append(h)
        return self._read(torch.stack(states, 1), x), (h,)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next h."""
        (h,) = state
        b_t, A = self.B(x_t).to(h.dtype), self.A().to(h.dtype)
        with full_precision(x_t):
            h = torch.addmm(b_t, h, A.T)
        return self._read(h, x_t), (h,)

    def _read(self, h: Tensor, x: Tensor) -> Tensor:
        return torch.addcmul(self.C(h.to(x.dtype)), self.D.to(x.dtype), x)


def random_matrix(size: int, radius: float | None = None) -> Tensor:
    """(size, size) float64 with normal entries of variance 1/size.

    Its eigenvalues fill the unit disk, but the largest often lies a little outside: at size 64 near 1.05, and
    1.05^784 is 4e16. radius: the matrix is scaled so that the largest |eigenvalue| is this; None leaves it.
    Raises ValueError for radius <= 0.
    """
    matrix = torch.randn(size, size, dtype=torch.float64) / size**0.5
    if radius is None:
        return matrix
    if radius <= 0:
        raise ValueError(f"radius is {radius}, expected above 0")
    return matrix * (radius / torch.linalg.eigvals(matrix).abs().max())


def to_eigenbasis(A: Tensor, B: Tensor, C: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Lambda (d_state,), V^-1 B (d_state, d_in) and C V (d_out, d_state), complex: the same map, diagonal.

    A (d_state, d_state), B (d_state, d_in), C (d_out, d_state): real. Almost every A has a basis of
    eigenvectors. Raises ValueError where A is not square, or has no such basis up to rounding.
    """
    if A.ndim != 2 or A.shape[0] != A.shape[1]:
        raise ValueError(f"A has shape {tuple(A.shape)}, expected (d_state, d_state)")
    Lambda, V = torch.linalg.eig(A)
    # The condition number is how many digits the change of basis costs: all, where two eigenvectors coincide.
    if torch.linalg.cond(V) * torch.finfo(A.dtype).eps > 0.1:
        raise ValueError("A has no basis of eigenvectors: it cannot be made diagonal")
    return Lambda, torch.linalg.solve(V, B.to(V.dtype)), C.to(V.dtype) @ V


def impulse_response(A: Tensor, B: Tensor, C: Tensor, length: int) -> Tensor:
    """K (length, d_out, d_in), K_l = Re(C A^l B): the answer to a single 1 at time 0, l steps later.

    A (d_state, d_state), or (d_state,) for a diagonal one; B (d_state, d_in), C (d_out, d_state).
    """
    states = [B]
    for _ in range(length - 1):
        states.append(A[:, None] * states[-1] if A.ndim == 1 else A @ states[-1])
    return (C @ torch.stack(states)).real[:length]


def causal_convolution(kernel: Tensor, x: Tensor) -> Tensor:
    """y_t = sum over l <= t of kernel_l x_{t-l}, by the Fourier transform; real x (..., time, d_in) -> y.

    kernel: (length, d_out, d_in), or (length, d_in) for each channel by itself; all real. What it has beyond
    the length of x is not used. Raises ValueError where its last dimension is not that of x.
    """
    if kernel.ndim not in (2, 3) or kernel.shape[-1] != x.shape[-1]:
        raise ValueError(f"kernel has shape {tuple(kernel.shape)}, expected (length, [d_out,] {x.shape[-1]})")
    if x.numel() == 0:  # of which there is no transform
        return x * kernel.sum(0) if kernel.ndim == 2 else x @ kernel.sum(0).mT
    seq_len = x.shape[-2]
    size = 2 * seq_len  # a transform is circular: in a shorter one the end would reach round to the beginning
    kernel_hat = torch.fft.rfft(kernel[:seq_len], n=size, dim=0)
    x_hat = torch.fft.rfft(x, n=size, dim=-2)
    y_hat = torch.einsum("fji,...fi->...fj", kernel_hat, x_hat) if kernel.ndim == 3 else kernel_hat * x_hat
    return torch.fft.irfft(y_hat, n=size, dim=-2)[..., :seq_len, :]


def vandermonde(Lambda: Tensor, length: int) -> Tensor:
    """(d_state, length) with the entries Lambda_j^(length - 1 - k): from the inputs to the last state.

    That is h_j = sum_k Lambda_j^(length - 1 - k) x_k, for B = 1 and h = 0 at the start; length is at least 2.
    Where it is square and well conditioned, nothing of the inputs is lost.
    (Orvieto et al. 2024, arXiv 2307.11888.)
    """
    return torch.linalg.vander(Lambda, N=length).flip(1)
