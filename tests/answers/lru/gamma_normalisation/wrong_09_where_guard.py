# verdict: wrong
# what: Guards tiny rates by torch.where with sqrt(2 nu), but loses digits just above the border, and the gradient of the other branch is NaN at tiny rates.
# diagnosis: The border only hides the cancellation (0 * inf gives NaN in the gradient, and at 1e-5 most digits are gone); expm1 needs no cases.
# told: Near the circle digits are lost
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    nu = torch.exp(nu_log)
    tiny = nu < 1e-7
    return torch.where(tiny, torch.sqrt(2 * nu), torch.sqrt(1 - torch.exp(-2 * nu)))
