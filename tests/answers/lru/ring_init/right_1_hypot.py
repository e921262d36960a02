# verdict: right
# what: Gets the radius as a hypotenuse of r_min sqrt(1 - u1) and r_max sqrt(u1).
# diagnosis: none
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    radius = torch.hypot(r_min * torch.sqrt(1 - u1), r_max * torch.sqrt(u1))
    return radius.log().neg().log(), torch.mul(u2, max_phase).log()
