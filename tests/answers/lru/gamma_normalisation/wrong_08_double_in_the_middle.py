# verdict: wrong
# what: Subtracts from 1 in float64 instead of using expm1: fine at 1e-8 in float32, but not for smaller rates nor for float64.
# diagnosis: More digits only move the problem: at exp(nu_log) = 1e-17 float64 rounds |Lambda| to 1 as well; expm1 has no such limit.
# told: Near the circle digits are lost
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    nu = nu_log.to(torch.float64).exp()
    gamma = torch.sqrt(1.0 - torch.exp(-2.0 * nu))
    return gamma.to(nu_log.dtype)
