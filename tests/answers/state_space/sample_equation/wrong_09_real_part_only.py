# verdict: wrong
# what: Takes only the real part of exp(delta A) with hold.
# diagnosis: A complex A turns as well as fades; the real part alone is not the factor of the step.
# told: mistake imaginary_part_lost
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / d
    a = cmath.exp(delta * A)
    b = (a - 1) / A * B
    return a.real, b.real
