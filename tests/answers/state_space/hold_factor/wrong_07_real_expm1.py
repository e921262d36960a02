# verdict: wrong
# what: Uses expm1 of the real part only.
# diagnosis: A is complex: what turns is lost.
# told: mistake real_part_alone
import numpy as np


def hold_factor(A, delta):
    A = A.real
    safe = np.where(A == 0, 1, A)
    return np.where(A == 0, delta, np.expm1(delta * A) / safe) + 0j
