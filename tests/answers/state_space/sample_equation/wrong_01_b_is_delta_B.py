# verdict: wrong
# what: Takes b = delta B with every rule.
# diagnosis: The input goes through the rule, too: only Euler's rule makes delta B of it.
# told: mistake input_as_in_euler
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        a = 1 + delta * A
    elif rule == "bilinear":
        a = (1 + delta * A / 2) / (1 - delta * A / 2)
    else:
        a = cmath.exp(delta * A)
    return a, delta * B
