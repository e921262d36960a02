# verdict: wrong
# what: Builds a new tensor from Python numbers, so the values are right but no gradient flows.
# diagnosis: .tolist() and torch.tensor cut the graph; stay with torch operations on the parameters.
# told: No gradient reaches nu_log and theta_log
import cmath
import math

import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    values = [cmath.rect(math.exp(-math.exp(n)), math.exp(t)) for n, t in zip(nu_log.tolist(), theta_log.tolist())]
    kind = torch.complex128 if nu_log.dtype == torch.float64 else torch.complex64
    return torch.tensor(values, dtype=kind)
