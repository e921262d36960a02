# verdict: wrong
# what: Puts size and phase into the real and imaginary part, as if polar coordinates were Cartesian ones.
# diagnosis: torch.complex wants real and imaginary part; from size and phase you get them by cosine and sine (or torch.polar).
# told: mistake parts_taken_for_polar
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    size = (-nu_log.exp()).exp()
    phase = theta_log.exp()
    return torch.complex(size, phase)
