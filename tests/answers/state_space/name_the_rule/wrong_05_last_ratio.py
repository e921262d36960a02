# verdict: wrong
# what: Takes a from the last two values, which may be 0.
# diagnosis: Where a is 0 all later values are 0, and 0/0 says nothing: take the first two.
# told: look at what you divide by
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[-1] / coarse[-2], fine[-1] / fine[-2]
    d = {"same": abs(A - a), "euler": abs(A - 1 - 2 * (a - 1)), "hold": abs(A - a * a),
         "bilinear": abs((A - 1) / (A + 1) - 2 * (a - 1) / (a + 1)) if A != -1 and a != -1 else 9}
    return min(d, key=d.get)
