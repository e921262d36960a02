# verdict: wrong
# what: Adds 1e-12 to A.
# diagnosis: A small number added to A changes the answer, and digits are lost all the same.
# told: mistake a_little_added
import numpy as np


def hold_factor(A, delta):
    A = A + 1e-12
    return (np.exp(delta * A) - 1) / A
