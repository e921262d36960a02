# verdict: right
# what: Goes through the states in a loop and uses hypot on the two lengths per unit of gamma.
# diagnosis: None: it is right.
"""The factor on the input that suits an input with a mean."""

import math

import numpy as np
from numpy.typing import NDArray


def one(rate, mean, deviation):
    per_mean = -1 / math.expm1(-rate)
    per_noise = math.sqrt(-1 / math.expm1(-2 * rate))
    return math.hypot(mean, deviation) / math.hypot(mean * per_mean, deviation * per_noise)


def gamma_with_mean(nu: NDArray[np.float64], mean: float, deviation: float) -> NDArray[np.float64]:
    """gamma for states with Lambda = exp(-nu), whose input is `mean` plus noise.

    Args:
        nu: rates of decay, above 0, (d_state,).
        mean: what all inputs have in common; may be negative or 0.
        deviation: standard deviation of the noise, 0 or above; not 0 where the mean is 0.

    Returns:
        gamma, positive, (d_state,): with it the state has in the long run the mean square of its input.
    """
    return np.fromiter((one(float(rate), mean, deviation) for rate in nu), dtype=np.float64, count=len(nu))
