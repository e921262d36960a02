# verdict: wrong
# what: Returns softplus(delta), the length that the bias delta would give.
# diagnosis: The lengths are wished for and the bias is sought: the function has to be turned round.
# told: mistake softplus_itself
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    return np.logaddexp(0.0, delta)
