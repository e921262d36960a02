"""What goes wrong with this fraction, and other ways to get it right."""

import numpy as np


def one_at_zero(A, delta):
    """For A = 0 you return 1. The fraction is delta there: in a step of delta seconds the state takes in its
    input for delta seconds."""
    zero = A == 0
    safe = np.where(zero, 1, A)
    return np.where(zero, 1, np.expm1(delta * safe) / safe)


def digits_lost(A, delta):
    """Exactly at 0 you are right, but near 0 you subtract 1 from a number that is nearly 1, and most of its
    digits are gone."""
    zero = A == 0
    safe = np.where(zero, 1, A)
    return np.where(zero, delta, (np.exp(delta * safe) - 1) / safe)


def delta_everywhere(A, delta):
    """You return delta for every A. That is Euler's factor, the first term of the series."""
    return delta + 0 * A


def right_series(A, delta):
    """A long series where z is small, by Horner's rule."""
    z = delta * A
    near = np.where(abs(z) < 0.5, z, 0)
    series = np.ones_like(z)
    for k in range(18, 1, -1):
        series = 1 + near / k * series
    far = np.where(abs(z) < 0.5, 1, z)
    return delta * np.where(abs(z) < 0.5, series, (np.exp(far) - 1) / far)


def right_by_sinh(A, delta):
    """exp(z/2) sinh(z/2) / (z/2): no difference of nearly equal numbers."""
    z = delta * A
    half = np.where(z == 0, 1, z / 2)
    return delta * np.where(z == 0, 1, np.exp(half) * np.sinh(half) / half)
