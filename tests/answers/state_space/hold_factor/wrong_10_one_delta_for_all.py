# verdict: wrong
# what: Uses the first delta for all states.
# diagnosis: Each state has a delta of its own.
# told: mistake first_delta_for_all
import numpy as np


def hold_factor(A, delta):
    d = delta[0]
    safe = np.where(A == 0, 1, A)
    return np.where(A == 0, d, np.expm1(d * A) / safe) + 0j
