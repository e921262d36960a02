# verdict: wrong
# what: Goes through numpy, so the values are right but no gradient flows back to nu_log.
# diagnosis: numpy knows no gradients; calculate with torch on nu_log itself.
# told: No gradient reaches nu_log
import numpy as np
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    values = nu_log.detach().cpu().numpy()
    gamma = np.sqrt(-np.expm1(-2 * np.exp(values)))
    return torch.from_numpy(gamma)
