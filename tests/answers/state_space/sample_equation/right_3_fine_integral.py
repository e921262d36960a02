# verdict: right
# what: Hold by the power series of the exponential and of its integral.
# diagnosis: None: it is right.
import cmath
import math


def sample_equation(A, B, delta, rule):
    z = complex(delta * A)
    if rule == "euler":
        return 1 + z, delta * B
    if rule == "bilinear":
        return (2 + z) / (2 - z), 2 * delta * B / (2 - z)
    parts = 1 + int(abs(z))
    w, term, a = z / parts, 1, 0
    for k in range(1, 40):
        a += term
        term = term * w / k
    a = a ** parts
    return a, B * (a - 1) / A
