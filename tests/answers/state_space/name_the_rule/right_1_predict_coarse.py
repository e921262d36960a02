# verdict: right
# what: From the fine a, what would each rule make of the coarse one; the nearest wins.
# diagnosis: None: it is right.
import cmath
import math


def name_the_rule(coarse, fine):
    A, a = coarse[1] / coarse[0], fine[1] / fine[0]
    made = {"same": a, "euler": 2 * a - 1, "hold": a * a if a > 0 else math.inf,
            "bilinear": (3 * a - 1) / (3 - a)}
    return min(made, key=lambda name: abs(made[name] - A))
