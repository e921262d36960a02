# verdict: wrong
# what: Uses delta + log(1 - exp(-delta)), which is safe for long steps and loses the digits of short ones.
# diagnosis: exp(-delta) is near 1 for a short step, and the subtraction cancels; -expm1(-delta) keeps the digits.
# told: mistake one_minus_exp
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    return delta + np.log(1.0 - np.exp(-delta))
