# verdict: wrong
# what: Two errors: u1 and u2 are exchanged, and the phase always goes to 2 pi instead of max_phase.
# diagnosis: u1 is for the radius and u2 for the phase, and the largest phase is the argument max_phase.
# told: mistake random_numbers_exchanged
import math

import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    phase = 2 * math.pi * u1
    radius = ((r_max**2 - r_min**2) * u2 + r_min**2) ** 0.5
    nu_log = (-(radius.log())).log()
    return nu_log, phase.log()
