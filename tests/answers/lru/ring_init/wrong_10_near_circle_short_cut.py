# verdict: wrong
# what: Takes 1 - radius for -log(radius), which is about the same only close to the circle.
# diagnosis: 1 - r is only the first term of -log(r); with it Lambda has not exactly the wanted radius.
# told: mistake first_order
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    radius = (r_min**2 + (r_max**2 - r_min**2) * u1).sqrt()
    nu_log = torch.log(1 - radius)
    return nu_log, torch.log(u2 * max_phase)
