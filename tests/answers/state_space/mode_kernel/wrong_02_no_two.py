# verdict: wrong
# what: Takes the real part once.
# diagnosis: The mirror images that are not kept add as much again.
# told: mistake once_everything
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    return ((C * b)[:, None] * a[:, None] ** l).sum(0).real
