# verdict: wrong
# what: Solves softplus(z) = delta by twenty steps of Newton's method from z = delta.
# diagnosis: For a short step the answer lies near -27, and Newton goes there by about one unit in each step; twenty are too few.
# told: mistake too_few_newton_steps
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    z = delta.copy()
    for _ in range(20):
        slope = 1.0 / (1.0 + np.exp(-z))
        z = z - (np.logaddexp(0.0, z) - delta) / slope
    return z
