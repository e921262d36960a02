# verdict: wrong
# what: Computes |Lambda| and then 1 - |Lambda| ** 2, which is 0 near the circle.
# diagnosis: For exp(nu_log) = 1e-8 your |Lambda| is rounded to 1 and gamma to 0; use expm1 and do not go through |Lambda|.
# told: mistake digits_lost_near_the_circle
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    size = torch.exp(-torch.exp(nu_log))
    return torch.sqrt(1 - size**2)
