# verdict: right
# what: A long series where z is below 1, the formula elsewhere.
# diagnosis: None: it is right.
import numpy as np


def hold_factor(A, delta):
    z = delta * A
    series = np.zeros_like(z)
    term = np.ones_like(z)
    for k in range(1, 30):
        series += term
        term = term * z / (k + 1)
    large = abs(z) >= 1
    safe = np.where(large, A, 1)
    return np.where(large, (np.exp(np.where(large, z, 0)) - 1) / safe, delta * np.where(large, 0, series))
