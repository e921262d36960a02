# verdict: right
# what: Powers by exponentials of times.
# diagnosis: None: it is right.
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    count = 1 + (A.imag != 0)
    return np.einsum("n,nl->l", count * C * b, np.exp(delta * np.outer(A, l))).real.copy()
