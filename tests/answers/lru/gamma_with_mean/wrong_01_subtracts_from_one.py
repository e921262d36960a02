# verdict: wrong
# what: Computes 1 - lambda and 1 - lambda**2 by subtraction, without expm1.
# diagnosis: For a rate of 1e-12 lambda is nearly 1 and the difference from 1 has only a few digits left: use np.expm1.
# told: subtracted from 1
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
    lam = np.exp(-nu)
    a = 1 - lam
    b = 1 - lam**2
    return np.sqrt((mean**2 + deviation**2) / (mean**2 / a**2 + deviation**2 / b))
