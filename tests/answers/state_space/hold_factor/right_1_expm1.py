# verdict: right
# what: expm1 and a safe divisor.
# diagnosis: None: it is right.
import numpy as np


def hold_factor(A, delta):
    safe = np.where(A == 0, 1, A)
    return np.where(A == 0, delta, np.expm1(delta * A) / safe)
