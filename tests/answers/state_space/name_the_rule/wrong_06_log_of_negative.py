# verdict: wrong
# what: Compares logarithms of the sizes, so that signs are lost.
# diagnosis: The sign of a matters: -0.5 is no fading by a half. With abs() a negative a looks like a positive one.
# told: mistake signs_lost
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = abs(coarse[1] / coarse[0]), abs(fine[1] / fine[0])
    d = {"same": abs(A - a), "euler": abs(A - 1 - 2 * (a - 1)), "hold": abs(A - a * a),
         "bilinear": abs((A - 1) / (A + 1) - 2 * (a - 1) / (a + 1))}
    return min(d, key=d.get)
