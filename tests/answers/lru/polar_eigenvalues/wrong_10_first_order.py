# verdict: wrong
# what: Replaces exp(-nu) by 1 - nu, which is only near the circle about the same.
# diagnosis: 1 - nu is only the start of the series of exp(-nu), and for a large rate it even leaves the unit circle.
# told: mistake first_order
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    decay = torch.exp(nu_log)
    radius = 1 - decay
    turn = torch.exp(theta_log)
    return torch.complex(radius * torch.cos(turn), radius * torch.sin(turn))
