# verdict: wrong
# what: Euler's a is delta A.
# diagnosis: The state stays and the slope is added to it: 1 + delta A.
# told: mistake euler_forgets_the_old_state
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / d
    a = cmath.exp(delta * A)
    return a, (a - 1) / A * B
