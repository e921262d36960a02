# verdict: wrong
# what: Calculates in float64 for safety and returns float64 also for a float32 parameter.
# diagnosis: gamma must have the dtype of nu_log; with expm1 float32 is exact enough, and otherwise convert back.
# told: return the dtype of nu_log
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    rate = torch.exp(nu_log.double())
    one_minus_square = -torch.expm1(-2.0 * rate)
    return one_minus_square ** 0.5
