# verdict: wrong
# what: Converts to complex64 whatever the dtype of the parameters is.
# diagnosis: For float64 parameters Lambda must be complex128; do not fix the dtype.
# told: keep their precision
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    exponent = -torch.exp(nu_log) + 1j * torch.exp(theta_log)
    return torch.exp(exponent.to(torch.complex64))
