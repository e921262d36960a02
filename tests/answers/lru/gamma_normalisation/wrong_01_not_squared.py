# verdict: wrong
# what: Takes sqrt(1 - |Lambda|) and forgets the square of the size (the factor 2 in the exponent).
# diagnosis: The mean square of the state is multiplied by |Lambda| ** 2, so the exponent is -2 exp(nu_log).
# told: mistake size_not_squared
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    return torch.sqrt(-torch.expm1(-torch.exp(nu_log)))
