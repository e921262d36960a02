"""Eigenvalues that start evenly spread over a ring."""

import torch
from torch import Tensor


def ring_init(u1: Tensor, u2: Tensor, r_min: float, r_max: float, max_phase: float) -> tuple[Tensor, Tensor]:
    """Parameters of eigenvalues that are uniform in area between two radii.

    Args:
        u1: where between the radii, uniform in (0, 1), (d_state,).
        u2: which phase, uniform in (0, 1), (d_state,).
        r_min: the inner radius.
        r_max: the outer radius.
        max_phase: phases are between 0 and this.

    Returns:
        nu_log and theta_log, real, (d_state,), for Lambda = exp(-exp(nu_log) + i exp(theta_log)).
    """
    # BEGIN SOLUTION
    nu = -0.5 * torch.log(r_min**2 + u1 * (r_max**2 - r_min**2))
    theta = max_phase * u2
    return nu.log(), theta.log()
    # END SOLUTION
