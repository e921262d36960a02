# verdict: wrong
# what: Bilinear gives b = delta B / 2 over the divisor.
# diagnosis: The input is the same at the start and at the end, so it counts twice a half.
# told: mistake input_halved
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / 2 / d
    a = cmath.exp(delta * A)
    return a, (a - 1) / A * B
