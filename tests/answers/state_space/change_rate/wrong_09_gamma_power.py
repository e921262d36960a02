# verdict: wrong
# what: gamma to the power factor.
# diagnosis: gamma multiplies the input once in every old step; these add up, they are not multiplied.
# told: mistake gamma_to_the_power
import numpy as np


def change_rate(Lambda, gamma, factor):
    return Lambda ** factor, (gamma + 0j) ** factor
