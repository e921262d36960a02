# verdict: wrong
# what: Treats the full disk (r_min = 0) apart and right, but spreads the radius evenly on every real ring.
# diagnosis: Your disk is right and your ring is not: there, too, the square of the radius must be uniform.
# told: mistake uniform_in_radius
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    if r_min == 0:
        r = r_max * torch.sqrt(u1)
    else:
        r = torch.lerp(torch.full_like(u1, r_min), torch.full_like(u1, r_max), u1)
    return torch.log(-torch.log(r)), torch.log(u2 * max_phase)
