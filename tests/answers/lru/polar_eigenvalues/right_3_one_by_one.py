# verdict: right
# what: Handles the states one at a time with torch.polar on scalars and writes them into a new tensor.
# diagnosis: none
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    Lambda = torch.zeros(nu_log.shape, dtype=nu_log.dtype.to_complex())
    for j in range(nu_log.numel()):
        Lambda[j] = torch.polar(torch.exp(-torch.exp(nu_log[j])), torch.exp(theta_log[j]))
    return Lambda
