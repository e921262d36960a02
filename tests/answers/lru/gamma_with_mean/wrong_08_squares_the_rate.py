# verdict: wrong
# what: Takes exp(-nu**2) for lambda squared.
# diagnosis: The square of exp(-nu) is exp(-2*nu): squaring a power doubles its exponent.
# told: mistake rate_squared
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
    b = -np.expm1(-(nu**2))
    return np.sqrt((mean**2 + deviation**2) / (mean**2 / a**2 + deviation**2 / b))
