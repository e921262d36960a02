# verdict: wrong
# what: With hold b = 1 - a, as if the state had to settle at the input.
# diagnosis: 1 - a settles at x itself. The equation settles at -B / A times x.
# told: mistake settles_at_the_input
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        d = 1 - delta * A / 2
        return (1 + delta * A / 2) / d, delta * B / d
    a = cmath.exp(delta * A)
    return a, 1 - a
