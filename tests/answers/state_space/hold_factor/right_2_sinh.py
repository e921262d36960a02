# verdict: right
# what: exp(z) - 1 = 2 exp(z/2) sinh(z/2), with a product of sin and sinh that loses nothing.
# diagnosis: None: it is right.
import numpy as np


def hold_factor(A, delta):
    z = delta * A / 2
    out = np.empty(len(A), complex)
    for i, (a, d, half) in enumerate(zip(A, delta, z)):
        out[i] = d if a == 0 else 2 * np.exp(half) * np.sinh(half) / a
    return out
