# verdict: wrong
# what: Solves the formula for z as log(exp(delta) - 1) and computes it as it stands.
# diagnosis: exp(delta) overflows for long steps, and for short ones exp(delta) - 1 has lost its digits; each end needs another form.
# told: mistake formula_as_it_stands
"""The bias that starts a step with a given length."""

import numpy as np


def delta_start(delta: np.ndarray) -> np.ndarray:
    return np.log(np.exp(delta) - 1)
