# verdict: right
# what: Uses delta + log(-expm1(-delta)) for all lengths.
# diagnosis: none
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    left = -np.expm1(-delta)  # 1 - exp(-delta), with all its digits
    return np.log(left) + delta
