# verdict: wrong
# what: Two errors: nu_log is used as if it were the negative rate itself (|Lambda| = exp(nu_log)), and 1 - |Lambda| ** 2 is subtracted directly.
# diagnosis: |Lambda| is exp(-exp(nu_log)), with two exponentials, and the difference to 1 needs expm1.
# told: mistake absolute_value_for_rate
import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    lam = torch.exp(-torch.abs(nu_log))
    return (1.0 - lam * lam).sqrt()
