# verdict: wrong
# what: With hold b = (1 - a) / A * B.
# diagnosis: For A below 0 your b has the wrong sign: it is (a - 1) / A, which is above 0.
# told: mistake sign_of_the_input
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / d
    a = cmath.exp(delta * A)
    return a, (1 - a) / A * B
