# verdict: wrong
# what: Begins with a at step 0.
# diagnosis: At step 0 the input has just come in: its power of a is 0.
# told: mistake one_step_late
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(A.imag == 0, 1, 2)
    return ((two * C * b)[:, None] * a[:, None] ** (l + 1)).sum(0).real
