# verdict: right
# what: Takes the exponential of half of the exponent and multiplies it by itself; prints the shape.
# diagnosis: none
import math  # noqa: F401

import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    print("Lambda for", tuple(nu_log.shape))
    half = torch.exp(torch.complex(-torch.exp(nu_log) / 2, torch.exp(theta_log) / 2))
    return half * half
