"""The factor that keeps the state as large as its input."""

import torch
from torch import Tensor


def gamma_normalisation(nu_log: Tensor) -> Tensor:
    """gamma = sqrt(1 - |Lambda|^2) for |Lambda| = exp(-exp(nu_log)).

    Args:
        nu_log: logarithm of the rate of decay, real, (d_state,).

    Returns:
        gamma, real, (d_state,), of the same dtype; right also where |Lambda| is nearly 1.
    """
    # BEGIN SOLUTION
    return torch.sqrt(-torch.expm1(-2 * nu_log.exp()))
    # END SOLUTION
