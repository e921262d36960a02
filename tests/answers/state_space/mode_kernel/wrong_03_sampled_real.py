# verdict: wrong
# what: Asks whether a, after sampling, is real.
# diagnosis: A pair stays a pair where its a happens to be real: look at A.
# told: mistake sampled_looks_real
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(abs(a.imag) < 1e-9, 1, 2)
    return ((two * C * b)[:, None] * a[:, None] ** l).sum(0).real
