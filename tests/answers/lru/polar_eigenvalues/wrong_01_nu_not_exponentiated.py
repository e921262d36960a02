# verdict: wrong
# what: Uses nu_log itself as the rate: exp(-nu_log + i exp(theta_log)), which explodes for negative nu_log.
# diagnosis: nu_log is the logarithm of the rate; take exp(nu_log) first, or the size can exceed 1.
# told: mistake nu_not_exponentiated
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    return torch.exp(torch.complex(-nu_log, torch.exp(theta_log)))
