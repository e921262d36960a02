# verdict: wrong
# what: Takes only one logarithm of the radius, as if the size were exp(nu_log).
# diagnosis: The size is exp(-exp(nu_log)): to undo it you need two logarithms and the minus sign between them.
# told: mistake log_of_the_radius
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    radius = torch.sqrt(r_min**2 + u1 * (r_max**2 - r_min**2))
    return torch.log(radius), torch.log(u2 * max_phase)
