"""What goes wrong with this fraction, and other ways to get it right."""

import numpy as np


def _right(A, delta):
    safe = np.where(A == 0, 1, A)
    return np.where(A == 0, delta, np.expm1(delta * safe) / safe)


def one_at_zero(A, delta):
    """For A = 0 you return 1. The fraction is delta there: in a step of delta seconds the state takes in its
    input for delta seconds."""
    return np.where(A == 0, 1, _right(A, delta))


def digits_lost(A, delta):
    """Near 0 you subtract 1 from a number that is nearly 1, and most of its digits are gone. A guard at
    exactly 0 does not help there."""
    zero = A == 0
    safe = np.where(zero, 1, A)
    return np.where(zero, delta, (np.exp(delta * safe) - 1) / safe)


def delta_everywhere(A, delta):
    """You return delta for every A. That is Euler's factor, the first term of the series."""
    return delta + 0 * A


def zero_at_zero(A, delta):
    """For A = 0 you return 0. There the state adds up its input, so that a step of delta seconds brings delta
    times the input."""
    return np.where(A == 0, 0, _right(A, delta))


def delta_near_zero(A, delta):
    """Wherever A is small you take delta, the first term of a series. It is right at 0 alone: the next term
    is half as large as delta A is, in parts of it."""
    return np.where(abs(A) < 1e-3, delta, _right(A, delta))


def a_little_added(A, delta):
    """You add a small number to A, so that nothing is divided by 0. That answers another question, and near 0
    the digits are lost all the same."""
    moved = A + 1e-12
    return (np.exp(delta * moved) - 1) / moved


def real_part_alone(A, delta):
    """You use the real part of A alone. What turns is lost."""
    return _right(A.real + 0j, delta)


def divided_by_delta_too(A, delta):
    """You divide by delta A, where A alone stands below the line. So a factor delta is missing."""
    return _right(A, delta) / delta


def first_delta_for_all(A, delta):
    """You use the first delta for all states. Each state has a delta of its own."""
    return _right(A, np.full_like(delta, delta[0]))


def decay_returned(A, delta):
    """You return the decay, the exponential of delta A. Asked for is the factor of the input."""
    return np.exp(delta * A)


def imaginary_part_dropped(A, delta):
    """You return the real part only. With a complex A the factor is complex."""
    return _right(A, delta).real + 0j


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
