# verdict: wrong
# what: Keeps only the size of the new gamma.
# diagnosis: Inputs of the two half steps arrive turned against each other, so the new gamma has an angle.
# told: mistake gamma_made_real
import numpy as np


def change_rate(Lambda, gamma, factor):
    new = Lambda ** factor
    return new, abs(gamma * (new - 1) / (Lambda - 1)) + 0j
