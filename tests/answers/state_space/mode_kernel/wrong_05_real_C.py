# verdict: wrong
# what: Asks whether C is real.
# diagnosis: Whether a mode is one of a pair is said by A, not by C.
# told: mistake asked_of_C
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(C.imag == 0, 1, 2)
    return ((two * C * b)[:, None] * a[:, None] ** l).sum(0).real
