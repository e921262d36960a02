# verdict: wrong
# what: Takes 1 where A is 0.
# diagnosis: The limit at A = 0 is delta, not 1: exp(delta A) - 1 is about delta A.
# told: mistake one_at_zero
import numpy as np


def hold_factor(A, delta):
    safe = np.where(A == 0, 1, A)
    return np.where(A == 0, 1, np.expm1(delta * A) / safe)
