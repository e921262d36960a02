# verdict: wrong
# what: Counts u1 from the outside, so u1 = 0 gives r_max and u1 = 1 gives r_min (the example with u1 = 0.5 does not show it).
# diagnosis: At u1 = 0 the radius must be r_min; you exchanged the weights of the two squares.
# told: mistake inside_out
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    inner, outer = r_min * r_min, r_max * r_max
    radius = torch.sqrt(u1 * inner + (1 - u1) * outer)
    nu = -torch.log(radius)
    return torch.log(nu), torch.log(max_phase * u2)
