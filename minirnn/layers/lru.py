"""The LRU: a linear recurrence with complex eigenvalues on a ring inside the unit circle.

    h_t = Lambda h_{t-1} + gamma (B x_t),     y_t = Re(C h_t) + D x_t
    Lambda = exp(-exp(nu_log) + i exp(theta_log)),    gamma = exp(gamma_log)

(Orvieto et al. 2023, arXiv 2303.06349, section 3 and appendix A.) Lambda, gamma and h are one number for each
of d_state states; products with them are element by element. x_t and y_t are (d_model,), B is (d_state,
d_model), C (d_model, d_state), D (d_model,). Three ideas:

- Stable by construction: |Lambda| = exp(-exp(nu_log)) is below 1 whatever the optimiser does.
- On a ring: |Lambda| starts between r_min and r_max, uniform in area. Near 1 the memory is long.
- gamma = sqrt(1 - |Lambda|^2) at the start: for white noise the state is as large as B x_t (section 3.4).

No conjugate pairs are kept and no factor 2 is taken: the imaginary part of C h_t is just dropped, as in the
paper. The steps by which the paper climbs to this layer from a dense linear RNN are an experiment,
benchmarks/reproduce/lru_ladder.py.
"""

import math

import torch
from torch import Tensor, nn

from minirnn.layers.contract import Layer, Output, State
from minirnn.layers.shared.complex import as_complex, enter, read
from minirnn.layers.shared.precision import state_dtype
from minirnn.scan import scan

EDGE = 1 - 1e-6  # the largest |Lambda| to start from: at 1 gamma would be 0


class LRU(Layer):
    """The linear recurrent unit: x (batch, time, d_model) -> y of the same shape.

    ring: r_min and r_max. max_phase: the phase exp(theta_log) starts uniform in (0, max_phase]. State: h as
    real numbers (batch, d_state, 2), float32 (float64 for float64 inputs), zero at the start. Raises
    ValueError for radii outside [0, 1].
    """

    cuts_time = True

    def __init__(
        self,
        d_model: int,
        d_state: int,
        ring: tuple[float, float] = (0.0, 1.0),
        max_phase: float = 2 * math.pi,
    ) -> None:
        super().__init__(d_model, [(d_state, 2)])
        size, phase = ring_spectrum(d_state, ring, max_phase)
        size, dtype = size.clamp(max=EDGE), torch.get_default_dtype()
        self.nu_log = nn.Parameter((-size.log()).log().to(dtype))
        self.theta_log = nn.Parameter(phase.log().to(dtype))
        self.gamma_log = nn.Parameter((torch.log1p(-(size**2)) / 2).to(dtype))
        self.B = nn.Parameter(torch.randn(d_state, 2, d_model) / math.sqrt(2 * d_model))
        self.C = nn.Parameter(torch.randn(d_model, d_state, 2) / math.sqrt(d_state))
        self.D = nn.Parameter(torch.randn(d_model))

    def Lambda(self) -> Tensor:
        """The eigenvalues, (d_state,): complex64, or complex128 for float64 weights."""
        dtype = state_dtype(self.nu_log.dtype)
        nu, theta = self.nu_log.to(dtype).exp(), self.theta_log.to(dtype).exp()
        return torch.polar(torch.exp(-nu), theta)

    def run(self, x: Tensor, state: State, reset: Tensor | None) -> Output:
        """x (batch, time, d_model) -> y of the same shape, and the last h."""
        h, h_last = scan(self.Lambda(), self._enter(x), as_complex(state[0]), reset=reset)
        return self._read(h, x), (torch.view_as_real(h_last),)

    def advance(self, x_t: Tensor, state: State) -> Output:
        """x_t (batch, d_model) -> y_t (batch, d_model), and the next h."""
        h = self.Lambda() * as_complex(state[0]) + self._enter(x_t)
        return self._read(h, x_t), (torch.view_as_real(h),)

    def _enter(self, x: Tensor) -> Tensor:
        """gamma (B x), complex (..., d_state)."""
        return enter(self.B * self.gamma_log.exp()[:, None, None], x)

    def _read(self, h: Tensor, x: Tensor) -> Tensor:
        """Re(C h) + D x."""
        return torch.addcmul(read(self.C, h, x.dtype), self.D.to(x.dtype), x)


def ring_spectrum(d_state: int, ring: tuple[float, float], max_phase: float) -> tuple[Tensor, Tensor]:
    """|Lambda| and phase, float64 (d_state,): uniform in area between the two radii (their lemma)."""
    low, high = ring
    if not 0 <= low <= high <= 1:
        raise ValueError(f"ring is ({low}, {high}), expected 0 <= r_min <= r_max <= 1")
    # In (0, 1]: a radius of 0 would have no logarithm.
    u = 1 - torch.rand(2, d_state, dtype=torch.float64)
    return torch.sqrt(low**2 + (high**2 - low**2) * u[0]), max_phase * u[1]
