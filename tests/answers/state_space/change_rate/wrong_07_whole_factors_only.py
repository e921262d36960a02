# verdict: wrong
# what: Sums the powers for a rounded factor.
# diagnosis: The factor need not be a whole number, and 0.5 rounds to 0: use the closed form of the sum.
# told: mistake whole_factors_alone
import numpy as np


def change_rate(Lambda, gamma, factor):
    n = int(factor)
    return Lambda ** factor, gamma * sum((Lambda ** k for k in range(n)), np.zeros_like(Lambda))
