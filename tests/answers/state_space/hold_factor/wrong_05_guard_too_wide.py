# verdict: wrong
# what: Takes delta wherever |A| is below 1e-3.
# diagnosis: Near 0 delta is only a first guess: at A = 1e-3 it is off by half a thousandth of delta.
# told: mistake delta_near_zero
import numpy as np


def hold_factor(A, delta):
    small = abs(A) < 1e-3
    safe = np.where(small, 1, A)
    return np.where(small, delta, np.expm1(delta * A) / safe) + 0j
