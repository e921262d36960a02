# verdict: wrong
# what: Never answers same.
# diagnosis: Where both recordings have one a, nobody halved the step.
# told: mistake same_never
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    d = {"euler": abs(A - 1 - 2 * (a - 1)), "hold": abs(A - a * a),
         "bilinear": abs((A - 1) / (A + 1) - 2 * (a - 1) / (a + 1)) if A != -1 and a != -1 else 9}
    return min(d, key=d.get)
