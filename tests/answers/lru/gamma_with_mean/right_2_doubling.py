# verdict: right
# what: Adds up the powers of lambda over 1, 2, 4, ... steps, doubling the number of steps seventy times.
# diagnosis: None: it is right.
"""The factor on the input that suits an input with a mean."""

import math

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
    total = math.hypot(mean, deviation)
    p, q = mean / total, deviation / total
    sums = np.ones_like(nu)  # of lambda**k over the first n steps
    squares = np.ones_like(nu)  # of lambda**(2k)
    for doubled in range(70):
        n = 2.0**doubled
        sums = sums * (1 + np.exp(-n * nu))
        squares = squares * (1 + np.exp(-2 * n * nu))
    return 1 / np.sqrt((p * sums) ** 2 + q**2 * squares)
