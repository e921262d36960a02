# verdict: wrong
# what: Puts a floor of 1e-6 under 1 - |Lambda| ** 2, so all states near the circle get the same gamma 1e-3.
# diagnosis: A floor gives a wrong gamma and no gradient near the circle; calculate the small difference itself, with expm1.
# told: is there a floor
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    modulus = torch.exp(-torch.exp(nu_log))
    diff = torch.clamp(1 - modulus.square(), min=1e-6)
    return torch.sqrt(diff)
