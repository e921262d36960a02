# verdict: wrong
# what: Compares the values themselves, so that m must be 1.
# diagnosis: The recordings have a loudness m of their own: only ratios of neighbours say what a is.
# told: mistake loudness_ignored
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1], fine[1]
    d = {"same": abs(A - a), "euler": abs(A - 1 - 2 * (a - 1)), "hold": abs(A - a * a),
         "bilinear": abs((A - 1) / (A + 1) - 2 * (a - 1) / (a + 1)) if A != -1 and a != -1 else 9}
    return min(d, key=d.get)
