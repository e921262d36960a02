# verdict: wrong
# what: Compares with == where floats are rounded.
# diagnosis: The numbers are rounded floats: look for the rule that fits best, or allow a small difference.
# told: mistake compared_exactly
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    if A == a:
        return "same"
    if A - 1 == 2 * (a - 1):
        return "euler"
    if A == a * a:
        return "hold"
    return "bilinear"
