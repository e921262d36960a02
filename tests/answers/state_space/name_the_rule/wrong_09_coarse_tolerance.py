# verdict: wrong
# what: Accepts the first rule that fits to 0.05.
# diagnosis: Your tolerance is wider than the rules are apart: with short steps they nearly agree.
# told: mistake first_that_is_about_right
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    if abs(A - a) < 0.05:
        return "same"
    if abs(A - a * a) < 0.05:
        return "hold"
    if abs(A - 1 - 2 * (a - 1)) < 0.05:
        return "euler"
    return "bilinear"
