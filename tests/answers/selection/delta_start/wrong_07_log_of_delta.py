# verdict: wrong
# what: Takes log(delta) for short steps and delta itself for long ones, the two ends of softplus.
# diagnosis: exp(z) and z are only what softplus comes near to at its two ends; in between neither inverse holds.
# told: mistake only_the_two_ends
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    bias = np.log(delta)
    return np.where(delta > 1, delta, bias)
