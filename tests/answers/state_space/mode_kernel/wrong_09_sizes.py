# verdict: wrong
# what: Takes the size of the sum.
# diagnosis: The size has no sign: the output of a swinging mode is below 0 half of the time.
# told: mistake sizes_taken
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    two = np.where(A.imag == 0, 1, 2)
    return abs(((two * C * b)[:, None] * a[:, None] ** l).sum(0))
