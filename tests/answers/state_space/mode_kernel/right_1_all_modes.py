# verdict: right
# what: Puts the mirror images in and sums all.
# diagnosis: None: it is right.
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    pair = A.imag != 0
    A2, C2 = np.concatenate([A, A[pair].conj()]), np.concatenate([C, C[pair].conj()])
    a2 = np.exp(delta * A2)
    return ((C2 * (a2 - 1) / A2)[:, None] * a2[:, None] ** l).sum(0).real
