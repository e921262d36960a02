# verdict: wrong
# what: Uses (r_max - r_min) ** 2 where the difference of the squares belongs.
# diagnosis: At u1 = 1 your radius is not r_max; the squares go from r_min ** 2 to r_max ** 2.
# told: mistake square_of_the_difference
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    width = r_max - r_min
    square = r_min**2 + width**2 * u1
    nu_log = torch.log(-torch.log(square) / 2)
    theta_log = torch.log(max_phase * u2)
    return nu_log, theta_log
