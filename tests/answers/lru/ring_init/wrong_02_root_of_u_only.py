# verdict: wrong
# what: Uses the rule of the full disk, r_min + (r_max - r_min) sqrt(u1), which is right only for r_min = 0.
# diagnosis: sqrt(u1) is for a disk; on a ring, mix the squares of the radii and take the root of the mixture.
# told: mistake root_of_u_between_the_radii
import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    def log_log(r):
        return (-r.log()).log()

    return log_log((r_max - r_min) * u1.sqrt() + r_min), (u2 * max_phase).log()
