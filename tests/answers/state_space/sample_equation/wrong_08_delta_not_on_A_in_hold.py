# verdict: wrong
# what: Takes exp(A) without delta.
# diagnosis: The exponent needs the length of the step: exp(A) is a step of one second.
# told: mistake exponential_without_delta
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / d
    a = cmath.exp(A)
    return a, (a - 1) / A * B
