# verdict: wrong
# what: Returns (theta_log, nu_log) instead of (nu_log, theta_log).
# diagnosis: The order is (nu_log, theta_log): the decay first, then the phase.
# told: You return (theta_log, nu_log)
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    theta_log = torch.log(u2 * max_phase)
    nu_log = torch.log(-0.5 * torch.log(u1 * (r_max**2 - r_min**2) + r_min**2))
    return theta_log, nu_log
