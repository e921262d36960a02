# verdict: wrong
# what: Divides by delta A instead of A.
# diagnosis: The fraction is over A, so delta is lost: for A = 0 you give 1.
# told: mistake divided_by_delta_too
import numpy as np


def hold_factor(A, delta):
    z = delta * A
    safe = np.where(z == 0, 1, z)
    return np.where(z == 0, 1, np.expm1(z) / safe) + 0j
