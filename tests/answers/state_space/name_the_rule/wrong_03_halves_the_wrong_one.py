# verdict: wrong
# what: Squares the coarse a instead of the fine one.
# diagnosis: Two short steps make one long one: the square of the fine a is the coarse a, not the other way round.
# told: mistake recordings_exchanged
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    d = {"same": abs(A - a), "euler": abs(a - 1 - 2 * (A - 1)), "hold": abs(a - A * A),
         "bilinear": abs((a - 1) / (a + 1) - 2 * (A - 1) / (A + 1)) if A != -1 and a != -1 else 9}
    return min(d, key=d.get)
