# verdict: wrong
# what: gamma = sqrt(1 - |lambda|^2) of the new lambda.
# diagnosis: The layer has learned its gamma; the rule from the start of training says nothing about it.
# told: mistake gamma_made_anew
import numpy as np


def change_rate(Lambda, gamma, factor):
    new = Lambda ** factor
    return new, np.sqrt(1 - abs(new) ** 2) + 0j
