# verdict: right
# what: By the state where a constant input leads.
# diagnosis: None: it is right.
import numpy as np


def change_rate(Lambda, gamma, factor):
    rest = gamma / (1 - Lambda)
    new = np.exp(factor * (np.log(abs(Lambda)) + 1j * np.angle(Lambda)))
    return new, rest - new * rest
