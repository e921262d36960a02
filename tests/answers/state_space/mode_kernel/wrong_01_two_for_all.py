# verdict: wrong
# what: Factor 2 for all modes.
# diagnosis: A real mode has no mirror image beside it: it counts once.
# told: mistake twice_everything
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    return 2 * ((C * b)[:, None] * a[:, None] ** l).sum(0).real
