"""Eigenvalues in polar form, inside the unit circle whatever the parameters are."""

import torch
from torch import Tensor


def polar_eigenvalues(nu_log: Tensor, theta_log: Tensor) -> Tensor:
    """Lambda = exp(-exp(nu_log) + i exp(theta_log)).

    Args:
        nu_log: logarithm of the rate of decay, real, (d_state,).
        theta_log: logarithm of the phase, real, (d_state,).

    Returns:
        Lambda, (d_state,): complex64 for float32, complex128 for float64.
    """
    # BEGIN SOLUTION
    return torch.polar(torch.exp(-nu_log.exp()), theta_log.exp())
    # END SOLUTION
