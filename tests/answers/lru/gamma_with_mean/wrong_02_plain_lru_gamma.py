# verdict: wrong
# what: Returns the LRU's gamma, and does not use the mean.
# diagnosis: The means of all inputs add up in the state, much faster than noise does: the LRU's gamma is right for the mean 0 only.
# told: mistake mean_ignored
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
    return np.sqrt(-np.expm1(-2 * nu))
