# verdict: wrong
# what: Returns nu and theta themselves and forgets that the parameters are their logarithms.
# diagnosis: polar_eigenvalues takes exp(nu_log) and exp(theta_log), so return the logarithms of both.
# told: mistake both_without_log
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    r2 = u1 * (r_max**2 - r_min**2) + r_min**2
    nu = -0.5 * torch.log(r2)
    theta = max_phase * u2
    return nu, theta
