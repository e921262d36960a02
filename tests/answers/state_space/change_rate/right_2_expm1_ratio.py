# verdict: right
# what: By a ratio of two expm1.
# diagnosis: None: it is right.
import numpy as np


def change_rate(Lambda, gamma, factor):
    A = np.log(Lambda)
    return np.exp(factor * A), gamma * np.expm1(factor * A) / np.expm1(A)
