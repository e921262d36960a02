# verdict: wrong
# what: Returns a real tensor (d_state, 2) of real and imaginary parts instead of a complex one.
# diagnosis: The numbers are right, but Lambda is to be one complex tensor (d_state,).
# told: as two columns
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    size, phase = torch.exp(-torch.exp(nu_log)), torch.exp(theta_log)
    return torch.stack((size * torch.cos(phase), size * torch.sin(phase)), dim=-1)
