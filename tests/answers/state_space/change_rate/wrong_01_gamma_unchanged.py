# verdict: wrong
# what: Leaves gamma as it is.
# diagnosis: A longer step takes in more of the input: gamma has to change, too.
# told: mistake gamma_unchanged
import numpy as np


def change_rate(Lambda, gamma, factor):
    return Lambda ** factor, gamma + 0j
