# verdict: right
# what: Calculates every state with Python's math in double precision and builds new tensors of the old dtype.
# diagnosis: none
import math
import sys  # noqa: F401

import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    nu_log, theta_log = [], []
    for a, b in zip(u1.tolist(), u2.tolist()):
        square = (1 - a) * r_min**2 + a * r_max**2
        nu_log.append(math.log(-math.log(square) / 2))
        theta_log.append(math.log(max_phase * b))
    return (
        torch.tensor(nu_log, dtype=u1.dtype, device=u1.device),
        torch.tensor(theta_log, dtype=u2.dtype, device=u2.device),
    )
