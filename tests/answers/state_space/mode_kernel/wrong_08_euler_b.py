# verdict: wrong
# what: Uses delta for b.
# diagnosis: The input is held during the step: b is (a - 1) / A.
# told: mistake euler_input
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(A.imag == 0, 1, 2)
    return ((two * C)[:, None] * delta * a[:, None] ** l).sum(0).real
