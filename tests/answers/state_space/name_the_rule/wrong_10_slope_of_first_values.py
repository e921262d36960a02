# verdict: wrong
# what: Compares the first differences, doubled, as Euler would, and calls all else bilinear or hold by size.
# diagnosis: That a curve falls faster than the other does not say by which rule: compute what each rule makes of the step.
# told: mistake hold_if_not_less
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    if abs(A - a) < 1e-6:
        return "same"
    if abs((1 - A) - 2 * (1 - a)) < 1e-6:
        return "euler"
    return "hold" if A >= a * a * 0.98 and A > 0 else "bilinear"
