# verdict: wrong
# what: Takes the stable form with exp(-delta), but leaves out the delta in front of the logarithm.
# diagnosis: log(exp(d) - 1) = d + log(1 - exp(-d)): the factor exp(d) that is taken out comes back as d.
# told: mistake delta_left_out
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    z = np.log(-np.expm1(-delta))
    return z
