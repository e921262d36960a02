# verdict: wrong
# what: Bilinear with the slope at the end alone.
# diagnosis: The mean of two slopes is wanted, not the slope at the end: that is another rule, backward Euler.
# told: mistake bilinear_is_the_end_alone
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A
        return 1 / d, delta * B / d
    a = cmath.exp(delta * A)
    return a, (a - 1) / A * B
