# verdict: wrong
# what: The formula as it stands.
# diagnosis: At 0 this is 0/0, and near 0 digits are lost.
# told: mistake digits_lost
import numpy as np


def hold_factor(A, delta):
    return (np.exp(delta * A) - 1) / A
