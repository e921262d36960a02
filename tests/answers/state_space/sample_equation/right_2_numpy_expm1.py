# verdict: right
# what: Complex numbers all through, by a table of functions and numpy.
# diagnosis: None: it is right.
import cmath
import math


def sample_equation(A, B, delta, rule):
    import numpy as np
    z = complex(delta * A)
    a = {"euler": 1 + z, "bilinear": (2 + z) / (2 - z), "hold": complex(np.exp(z))}[rule]
    return a, (a - 1) * B / A
