"""The LRU: a linear recurrence with complex eigenvalues on a ring inside the unit circle.

    h_t = Lambda h_{t-1} + gamma (B x_t),     y_t = Re(C h_t) + D x_t
    Lambda = exp(-exp(nu_log) + i exp(theta_log)),    gamma = exp(gamma_log)

(Orvieto et al. 2023, arXiv 2303.06349, section 3 and appendix A.) Lambda, gamma and h are one number for each
of d_state states; products with them are element by element. x_t and y_t are (d_model,), B is (d_state,
d_model), C (d_model, d_state), D (d_model,). Three ideas:

- Stable by construction: |Lambda| = exp(-exp(nu_log)) is below 1 whatever the optimiser does.
- On a ring: |Lambda| starts between r_min and r_max, uniform in area. Near 1 the memory is long.
- gamma = sqrt(1 - |Lambda|^2) at the start: for white noise the state is as large as B x_t (proposition 3).

`ladder` gives the steps by which the paper climbs from a dense linear RNN to this layer. No conjugate pairs
are kept and no factor 2 is taken: the imaginary part of C h_t is just dropped, as in the paper.
"""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.common import (
    Device,
    DType,
    Group,
    Output,
    State,
    as_complex,
    check_sequence,
    check_state,
    check_step,
    state_dtype,
)
from minirnn.layers.linear import LinearRNN, random_matrix
from minirnn.scan import scan

FORMS = ("diagonal", "exponential", "stable")
LADDER = ("dense", *FORMS, "ring", "gamma")
EDGE = 1 - 1e-6  # the largest |Lambda| that "stable" starts from: a random matrix also has some above 1


class LRU(nn.Module):
    """The linear recurrent unit: x (batch, time, d_model) -> y of the same shape.

    form: what is learned of Lambda: "diagonal", its real and imaginary part; "exponential", nu and theta of
    exp(-nu + i theta); "stable", the logarithms of these. ring: (r_min, r_max), or None for the eigenvalues
    of `random_matrix(d_state, radius)`. max_phase: on the ring theta starts uniform in [0, max_phase].
    gamma: whether the input is normalised. State: h as real numbers (batch, d_state, 2), float32 (float64 for
    float64 inputs), zero at the start. Raises ValueError for another form, radii of the ring outside [0, 1],
    or radius <= 0.
    """

    def __init__(
        self,
        d_model: int,
        d_state: int,
        form: str = "stable",
        ring: tuple[float, float] | None = (0.0, 1.0),
        max_phase: float = 2 * math.pi,
        gamma: bool = True,
        radius: float | None = None,
    ) -> None:
        super().__init__()
        if form not in FORMS:
            raise ValueError(f"form is {form!r}, expected one of {', '.join(FORMS)}")
        self.d_model, self.d_state, self.form = d_model, d_state, form
        if ring is None:
            size, phase = random_spectrum(d_state, radius)
        else:
            size, phase = ring_spectrum(d_state, ring, max_phase)
        if form == "diagonal":
            pair = [size * phase.cos(), size * phase.sin()]
        elif form == "exponential":
            pair = [-size.log(), phase]
        else:
            size = size.clamp(max=EDGE)
            pair = [(-size.log()).log(), phase.log()]
        dtype = torch.get_default_dtype()
        self.spectrum = nn.Parameter(torch.stack(pair).to(dtype))
        self.B = nn.Parameter(torch.randn(d_state, 2, d_model) / math.sqrt(2 * d_model))
        self.C = nn.Parameter(torch.randn(d_model, d_state, 2) / math.sqrt(d_state))
        self.D = nn.Parameter(torch.randn(d_model))
        gamma_log = torch.log1p(-(size.clamp(max=EDGE) ** 2)) / 2
        self.gamma_log = nn.Parameter(gamma_log.to(dtype)) if gamma else None

    def Lambda(self) -> Tensor:
        """The eigenvalues, (d_state,): complex64, or complex128 for float64 weights."""
        first, second = self.spectrum.to(state_dtype(self.spectrum.dtype))
        if self.form == "diagonal":
            return torch.complex(first, second)
        if self.form == "stable":
            first, second = first.exp(), second.exp()
        return torch.polar(torch.exp(-first), second)

    def initial_state(self, batch: int, device: Device = None, dtype: DType = None) -> State:
        """h = 0."""
        dtype = state_dtype(dtype or self.D.dtype)
        return (torch.zeros(batch, self.d_state, 2, device=device or self.D.device, dtype=dtype),)

    def forward(
        self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None, group: Group = None
    ) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the state after the last step."""
        check_sequence(x, self.d_model, self.D, reset)
        state = self.initial_state(x.shape[0], x.device, x.dtype) if state is None else state
        check_state(state, (x.shape[0], self.d_state, 2))
        h, h_last = scan(self.Lambda(), self._enter(x), as_complex(state[0]), reset=reset, group=group)
        return self._read(h, x), (torch.view_as_real(h_last),)

    def step(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model) and the next state."""
        check_step(x_t, self.d_model, self.D)
        check_state(state, (x_t.shape[0], self.d_state, 2))
        h = self.Lambda() * as_complex(state[0]) + self._enter(x_t)
        return self._read(h, x_t), (torch.view_as_real(h),)

    def _enter(self, x: Tensor) -> Tensor:
        """gamma B x (..., d_state), complex."""
        B = self.B if self.gamma_log is None else self.B * self.gamma_log.exp()[:, None, None]
        # Real and imaginary parts side by side: one real product, read as complex numbers without a copy.
        b = F.linear(x, B.flatten(0, 1).to(x.dtype)).to(state_dtype(x.dtype))
        return torch.view_as_complex(b.unflatten(-1, (self.d_state, 2)))

    def _read(self, h: Tensor, x: Tensor) -> Tensor:
        """Re(C h) + D x: the real part of a product is a real product with [Re C, -Im C]."""
        C = torch.stack([self.C[..., 0], -self.C[..., 1]], -1).flatten(1)
        y = F.linear(torch.view_as_real(h).flatten(-2).to(x.dtype), C.to(x.dtype))
        return torch.addcmul(y, self.D.to(x.dtype), x)


def ring_spectrum(d_state: int, ring: tuple[float, float], max_phase: float) -> tuple[Tensor, Tensor]:
    """|Lambda| and phase, float64 (d_state,): uniform in area between the two radii (their lemma 2)."""
    low, high = ring
    if not 0 <= low <= high <= 1:
        raise ValueError(f"ring is ({low}, {high}), expected 0 <= r_min <= r_max <= 1")
    # In (0, 1]: a radius of 0 would have no logarithm.
    u = 1 - torch.rand(2, d_state, dtype=torch.float64)
    return torch.sqrt(low**2 + (high**2 - low**2) * u[0]), max_phase * u[1]


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
) -> LinearRNN | LRU:
    """The layer on one rung of LADDER; each has all the changes of those before it (their section 3).

    ring, max_phase: for the last two. radius: for those before, which start from a random matrix. "dense",
    "diagonal" and "exponential" can explode on long inputs when it is left to chance.
    Raises ValueError for a rung that is not one of LADDER.
    """
    if rung not in LADDER:
        raise ValueError(f"rung is {rung!r}, expected one of {', '.join(LADDER)}")
    if rung == "dense":
        return LinearRNN(d_model, d_state, radius)
    if rung in FORMS:
        return LRU(d_model, d_state, form=rung, ring=None, gamma=False, radius=radius)
    return LRU(d_model, d_state, ring=ring, max_phase=max_phase, gamma=rung == "gamma")
