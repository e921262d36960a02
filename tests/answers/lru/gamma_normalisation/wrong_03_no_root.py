# verdict: wrong
# what: Returns 1 - |Lambda| ** 2 itself, without the square root.
# diagnosis: gamma multiplies the input, so its square multiplies the mean square; take the root.
# told: mistake root_forgotten
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    nu = nu_log.exp()
    return -torch.expm1(-2 * nu)
