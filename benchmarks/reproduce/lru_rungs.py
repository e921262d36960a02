"""The rungs below the LRU: what Orvieto et al. (arXiv 2303.06349, section 3) change, one step after another.

dense         h_t = A h_{t-1} + B x_t                a random matrix, `minirnn.layers.linear`
diagonal      h_t = Lambda h_{t-1} + B x_t           its eigenvalues, learned as real and imaginary part
exponential   Lambda = exp(-nu + i theta)            learned as rate and phase
stable        nu = exp(nu_log), theta = exp(...)     learned as the logarithms of these: |Lambda| < 1
ring                                                 started on a ring instead
gamma         gamma (B x_t)                          with normalised inputs: the LRU
"""

import math

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.linear import LinearRNN, random_matrix
from minirnn.layers.lru import EDGE, LRU, ring_spectrum
from minirnn.layers.shared.complex import as_complex, enter, read
from minirnn.layers.shared.precision import state_dtype
from minirnn.scan import scan

import torch
from torch import Tensor, nn

FORMS = ("diagonal", "exponential", "stable")
LADDER = ("dense", *FORMS, "ring", "gamma")


class Rung(Layer):
    """y_t = Re(C h_t) + D x_t with h_t = Lambda h_{t-1} + B x_t, Lambda learned in one of FORMS.

    size, phase: of the eigenvalues at the start, float64 (d_state,). Else as in `LRU`. Raises ValueError for
    another form.
    """

    cuts_time = True

    def __init__(self, d_model: int, form: str, size: Tensor, phase: Tensor) -> None:
        super().__init__(d_model, [(len(size), 2)])
        if form not in FORMS:
            raise ValueError(f"form is {form!r}, expected one of {', '.join(FORMS)}")
        self.form, d_state = form, len(size)
        if form == "diagonal":
            pair = [size * phase.cos(), size * phase.sin()]
        elif form == "exponential":
            pair = [-size.log(), phase]
        else:
            pair = [(-size.clamp(max=EDGE).log()).log(), phase.log()]  # of a random matrix some are above 1
        self.spectrum = nn.Parameter(torch.stack(pair).to(torch.get_default_dtype()))
        self.B = nn.Parameter(torch.randn(d_state, 2, d_model) / math.sqrt(2 * d_model))
        self.C = nn.Parameter(torch.randn(d_model, d_state, 2) / math.sqrt(d_state))
        self.D = nn.Parameter(torch.randn(d_model))

    def Lambda(self) -> Tensor:
        """The eigenvalues, (d_state,): complex64, or complex128 for float64 weights."""
        first, second = self.spectrum.to(state_dtype(self.spectrum.dtype))
        if self.form == "diagonal":
            return torch.complex(first, second)
        if self.form == "stable":
            first, second = first.exp(), second.exp()
        return torch.polar(torch.exp(-first), second)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last h."""
        h, h_last = scan(self.Lambda(), enter(self.B, x), as_complex(state[0]), reset=reset)
        y = torch.addcmul(read(self.C, h, x.dtype), self.D.to(x.dtype), x)
        return y, (torch.view_as_real(h_last),)


def random_spectrum(d_state: int, radius: float | None = None) -> tuple[Tensor, Tensor]:
    """|Lambda| and phase in (0, 2 pi], float64 (d_state,), of `random_matrix(d_state, radius)`."""
    eigenvalues = torch.linalg.eigvals(random_matrix(d_state, radius))
    # Conjugates come in pairs, so the sign is free; with this one a real eigenvalue gets 2 pi, not 0.
    return eigenvalues.abs(), 2 * math.pi - eigenvalues.angle() % (2 * math.pi)


def ladder(
    rung: str,
    d_model: int,
    d_state: int,
    ring: tuple[float, float] = (0.0, 1.0),
    radius: float | None = None,
    max_phase: float = 2 * math.pi,
) -> LinearRNN | Rung | LRU:
    """The layer on one rung of LADDER; each has all the changes of those before it.

    ring, max_phase: for the last two. radius: for those before, which start from a random matrix. "dense",
    "diagonal" and "exponential" can explode on long inputs when it is left to chance.
    Raises ValueError for a rung that is not one of LADDER.
    """
    if rung not in LADDER:
        raise ValueError(f"rung is {rung!r}, expected one of {', '.join(LADDER)}")
    if rung == "dense":
        return LinearRNN(d_model, d_state, radius)
    if rung in FORMS:
        return Rung(d_model, rung, *random_spectrum(d_state, radius))
    if rung == "ring":
        return Rung(d_model, "stable", *ring_spectrum(d_state, ring, max_phase))
    return LRU(d_model, d_state, ring, max_phase)
