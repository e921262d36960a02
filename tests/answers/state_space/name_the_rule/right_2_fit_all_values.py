# verdict: right
# what: Finds a by least squares from all values, then as usual.
# diagnosis: None: it is right.
import cmath
import math


def name_the_rule(coarse, fine):
    def ratio(v):
        return sum(p * q for p, q in zip(v, v[1:])) / sum(p * p for p in v[:-1])
    A, a = ratio(coarse), ratio(fine)
    if abs(A - a) < 5e-4:
        return "same"
    if abs(A - (2 * a - 1)) < 5e-4:
        return "euler"
    if a > 0 and abs(A - a * a) < 5e-4:
        return "hold"
    return "bilinear"
