# verdict: wrong
# what: Says hold whenever a is between 0 and 1 in both.
# diagnosis: Euler and bilinear have such a, too, if the steps are short: compare how a changes.
# told: mistake between_0_and_1_is_hold
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    if abs(A - a) < 1e-6:
        return "same"
    if 0 < A < 1 and 0 < a < 1:
        return "hold"
    if abs(A - 1 - 2 * (a - 1)) < 1e-6:
        return "euler"
    return "bilinear"
