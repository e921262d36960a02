# verdict: wrong
# what: Returns delta itself for all lengths above 10.
# diagnosis: At 10 the bias still differs from delta by exp(-10), which is the sixth digit; nine digits need a later change-over, or none.
# told: mistake identity_too_early
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    small = np.minimum(delta, 10.0)
    return np.where(delta > 10.0, delta, np.log(np.expm1(small)))
