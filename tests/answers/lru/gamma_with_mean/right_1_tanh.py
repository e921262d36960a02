# verdict: right
# what: Takes the angle between mean and deviation and writes (1 - lambda)/(1 + lambda) as a tanh.
# diagnosis: None: it is right.
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
    angle = np.arctan2(float(deviation), float(mean))
    return -np.expm1(-nu) / np.sqrt(np.cos(angle) ** 2 + np.sin(angle) ** 2 * np.tanh(nu / 2))
