"""A layer's numbers for steps of another length."""

import numpy as np
from numpy.typing import NDArray


def change_rate(
    Lambda: NDArray[np.complex128], gamma: NDArray[np.float64], factor: float
) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """The decays and input factors that a layer needs when its steps become `factor` times as long.

    Args:
        Lambda: the decays, complex, (N,), inside the unit circle.
        gamma: the factors of the input, real, (N,).
        factor: how many times as long a new step is; above 0.

    Returns:
        The tuple (new_Lambda, new_gamma), both complex, (N,).
    """
    # BEGIN SOLUTION
    new = Lambda**factor
    return new, gamma * (1 - new) / (1 - Lambda)
    # END SOLUTION
