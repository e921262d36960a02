# verdict: wrong
# what: Adds 1e-10 inside the logarithm so that it never sees 0.
# diagnosis: No length here makes the logarithm see 0, and beside a delta of 1e-12 the epsilon is a hundred times what it should protect.
# told: mistake epsilon_added
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    eps = 1e-10
    return delta + np.log(-np.expm1(-delta) + eps)
