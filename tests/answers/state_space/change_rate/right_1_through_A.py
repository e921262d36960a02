# verdict: right
# what: By A = log(lambda) and b, then the exact step.
# diagnosis: None: it is right.
import numpy as np


def change_rate(Lambda, gamma, factor):
    A = np.log(Lambda)
    b = gamma * A / (Lambda - 1)
    new = np.exp(factor * A)
    return new, b * (new - 1) / A
