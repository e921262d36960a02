# verdict: wrong
# what: Believes that nu_log must be negative and cuts it off at 0, so right for slow states and wrong (with no gradient) for fast ones.
# diagnosis: nu_log is free and may be positive; the outer exponential keeps the size below 1 anyway.
# told: mistake positive_nu_log_cut_off
import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    # a positive nu_log would explode
    if (nu_log > 0).any():
        nu_log = nu_log.clamp(max=0.0)
    return torch.exp(torch.complex(-nu_log.exp(), theta_log.exp()))
