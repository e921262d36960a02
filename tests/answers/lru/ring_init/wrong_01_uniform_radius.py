# verdict: wrong
# what: Spreads the radius itself evenly between r_min and r_max, so the inner part gets too many eigenvalues.
# diagnosis: The square of the radius is uniform, not the radius; at u1 = 0.5 the example wants 0.7071 and not 0.7.
# told: mistake uniform_in_radius
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    radius = r_min + (r_max - r_min) * u1
    nu_log = torch.log(-torch.log(radius))
    theta_log = torch.log(max_phase * u2)
    return nu_log, theta_log
