# verdict: wrong
# what: Multiplies gamma by factor.
# diagnosis: What comes in early in a longer step has faded by its end, so less than factor times as much is left.
# told: mistake gamma_times_factor
import numpy as np


def change_rate(Lambda, gamma, factor):
    return Lambda ** factor, gamma * factor + 0j
