# verdict: right
# what: Finds a and b by asking one step what it makes of (h, x) = (1, 0) and (0, 1).
# diagnosis: None: it is right.
import cmath
import math


def sample_equation(A, B, delta, rule):
    def step(h, x):
        f = lambda g: A * g + B * x
        if rule == "euler":
            return h + delta * f(h)
        if rule == "bilinear":
            # end = h + delta/2 (f(h) + A end + B x)
            return (h + delta / 2 * (f(h) + B * x)) / (1 - delta / 2 * A)
        rest = -B * x / A
        return rest + (h - rest) * cmath.exp(delta * A)
    return step(1, 0), step(0, 1)
