# verdict: wrong
# what: Uses theta_log itself as the phase.
# diagnosis: The phase is kept as a logarithm, too; it is exp(theta_log).
# told: mistake theta_not_exponentiated
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    size = torch.exp(-torch.exp(nu_log))
    return size * torch.exp(1j * theta_log)
