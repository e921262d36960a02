# verdict: right
# what: Uses 1 - exp(-2 nu) = 2 tanh(nu) / (1 + tanh(nu)), which has no cancellation.
# diagnosis: none
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    t = torch.tanh(torch.exp(nu_log))
    return torch.sqrt(2 * t / (1 + t))
