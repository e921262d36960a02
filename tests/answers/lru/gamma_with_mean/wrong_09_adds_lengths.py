# verdict: wrong
# what: Adds the lengths of the mean's part and of the noise's part instead of their squares.
# diagnosis: The mean square of a sum of independent parts is the sum of their squares; lengths do not add up.
# told: mistake sizes_added_in_both
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
    a = -np.expm1(-nu)
    b = -np.expm1(-2 * nu)
    return (abs(mean) + deviation) / (abs(mean) / a + deviation / np.sqrt(b))
