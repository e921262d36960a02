# verdict: wrong
# what: Raises to 1 / factor.
# diagnosis: Longer steps fade more, so the power is factor, not its inverse.
# told: mistake one_over_factor
import numpy as np


def change_rate(Lambda, gamma, factor):
    new = Lambda ** (1 / factor)
    return new, gamma * (new - 1) / (Lambda - 1)
