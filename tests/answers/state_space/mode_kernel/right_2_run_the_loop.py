# verdict: right
# what: Runs the recurrence on a 1.
# diagnosis: None: it is right.
import numpy as np


def mode_kernel(A, C, delta, length):
    l = np.arange(length)
    a = np.exp(delta * A)
    b = (a - 1) / A
    h, out = np.zeros_like(A), []
    for t in range(length):
        h = a * h + b * (t == 0)
        y = (C * h)
        out.append(y[A.imag == 0].real.sum() + 2 * y[A.imag != 0].real.sum())
    return np.array(out)
