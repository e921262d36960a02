# verdict: wrong
# what: With hold b = (a - 1) / A, without B.
# diagnosis: B is lost: the input enters multiplied by B.
# told: mistake B_left_out_of_hold
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / d
    a = cmath.exp(delta * A)
    return a, (a - 1) / A
