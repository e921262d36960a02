# verdict: wrong
# what: Forgets the minus sign, so all sizes are above 1.
# diagnosis: exp(exp(nu_log)) is always above 1 and the state explodes; there is a minus before the inner exp.
# told: mistake minus_forgotten
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    r = torch.exp(torch.exp(nu_log))
    phi = torch.exp(theta_log)
    return torch.polar(r, phi)
