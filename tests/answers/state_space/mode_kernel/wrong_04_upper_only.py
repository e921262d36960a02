# verdict: wrong
# what: Counts twice only what lies above the real axis.
# diagnosis: Either one of a pair may be kept, also the one below the axis.
# told: mistake upper_half_alone
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(A.imag > 0, 2, 1)
    return ((two * C * b)[:, None] * a[:, None] ** l).sum(0).real
