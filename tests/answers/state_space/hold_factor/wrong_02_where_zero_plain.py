# verdict: wrong
# what: Guards only A == 0 exactly.
# diagnosis: Near 0 the difference exp(z) - 1 has lost its digits though nothing is divided by 0.
# told: mistake digits_lost
import numpy as np


def hold_factor(A, delta):
    safe = np.where(A == 0, 1, A)
    return np.where(A == 0, delta, (np.exp(delta * A) - 1) / safe)
