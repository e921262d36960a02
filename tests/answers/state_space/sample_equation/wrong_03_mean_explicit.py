# verdict: wrong
# what: Bilinear where the slope at the end is taken at the state that Euler's rule leads to.
# diagnosis: The slope at the end belongs to the state at the end, which is not known yet: solve the equation for it. You took a guess by Euler (Heun's rule).
# told: mistake end_guessed_by_euler
import cmath
import math


def sample_equation(A, B, delta, rule):
    if rule == "euler":
        return 1 + delta * A, delta * B
    if rule == "bilinear":
        z = delta * A
        return 1 + z + z * z / 2, delta * B * (1 + z / 2)
    a = cmath.exp(delta * A)
    return a, (a - 1) / A * B
