# verdict: wrong
# what: Real part of C times real part of the rest.
# diagnosis: The real part of a product is not the product of the real parts.
# told: mistake C_not_mirrored
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(A.imag == 0, 1, 2)
    return (two[:, None] * C.real[:, None] * (b[:, None] * a[:, None] ** l).real).sum(0)
