# verdict: wrong
# what: Says euler whenever a is negative.
# diagnosis: The bilinear rule makes negative a, too, with long steps.
# told: mistake negative_is_euler
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    if abs(A - a) < 1e-6:
        return "same"
    if A < 0 or a < 0:
        return "euler"
    d = {"euler": abs(A - 1 - 2 * (a - 1)), "hold": abs(A - a * a),
         "bilinear": abs((A - 1) / (A + 1) - 2 * (a - 1) / (a + 1))}
    return min(d, key=d.get)
