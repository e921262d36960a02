# verdict: wrong
# what: Counts only the noise in the state, and makes its variance as large as the mean square of the input.
# diagnosis: The state has a mean as well, gamma * mean / (1 - lambda), and its square is part of the state's mean square.
# told: mistake mean_not_in_the_state
"""The factor on the input that suits an input with a mean."""

import numpy as np
from numpy.typing import NDArray


def gamma_with_mean(nu: NDArray[np.float64], mean: float, deviation: float) -> NDArray[np.float64]:
    """gamma for states with Lambda = exp(-nu), whose input is `mean` plus noise.

    Args:
        nu: rates of decay, above 0, (d_state,).
        mean: what all inputs have in common; may be negative or 0.
        deviation: standard deviation of the noise, 0 or above; not 0 where the mean is 0.

    Returns:
        gamma, positive, (d_state,): with it the state has in the long run the mean square of its input.
    """
    b = -np.expm1(-2 * nu)
    return np.sqrt((mean**2 + deviation**2) * b / deviation**2)
