# verdict: wrong
# what: Follows the mean and the variance of the state over 1,000 steps and takes what is there for the end.
# diagnosis: With a rate of 1e-12 the state has not settled after 1,000 steps; the sum over all steps has a closed form.
# told: has not settled yet
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
    state_mean = np.zeros_like(lam)
    state_variance = np.zeros_like(lam)
    for _ in range(1000):
        state_mean = lam * state_mean + mean
        state_variance = lam**2 * state_variance + deviation**2
    return np.sqrt((mean**2 + deviation**2) / (state_mean**2 + state_variance))
