# verdict: wrong
# what: Turns the nan into 0.
# diagnosis: At A = 0 the state adds its input up: the factor is delta, not 0.
# told: mistake zero_at_zero
import numpy as np


def hold_factor(A, delta):
    return np.nan_to_num(np.expm1(delta * A) / A)
