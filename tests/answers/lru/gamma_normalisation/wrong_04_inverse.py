# verdict: wrong
# what: Returns how large the state gets (the root of s) instead of the factor that undoes it.
# diagnosis: You return the size of the state without gamma; gamma must make it 1, so it is the inverse of that.
# told: mistake the_growth_itself
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    s = 1 / (-torch.expm1(-2 * torch.exp(nu_log)))
    return s.sqrt()
