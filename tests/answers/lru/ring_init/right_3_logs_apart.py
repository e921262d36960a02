# verdict: right
# what: Pulls constants out of the logarithms: the half becomes - log 2, and log(max_phase * u2) becomes a sum.
# diagnosis: none
import math

import torch
from torch import Tensor


class _Ring:
    def __init__(self, inner, outer):
        self.inner_area, self.outer_area = inner**2, outer**2

    def square_of_radius(self, share):
        return self.inner_area + share * (self.outer_area - self.inner_area)


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    square = _Ring(r_min, r_max).square_of_radius(u1)
    nu_log = torch.log(-torch.log(square)) - math.log(2)
    theta_log = torch.log(u2) + math.log(max_phase)
    return nu_log, theta_log
