"""What goes wrong when an input is read back, and other ways to get it right."""

import numpy as np


def _solve(V, rest):
    matrix = np.concatenate([V.real, V.imag])
    return np.linalg.lstsq(matrix, np.concatenate([rest.real, rest.imag]), rcond=None)[0]


def order_reversed(Lambda, h, h0, time):
    """You give the inputs in reverse order. The first input was multiplied most often, so the highest power
    stands in the first column."""
    return _solve(np.vander(Lambda, time), h - Lambda**time * h0)[::-1].copy()


def start_forgotten(Lambda, h, h0, time):
    """You take zero for the start. What has become of h0, Lambda to the power of `time` times h0, is in the
    last state as well: take it away first."""
    return _solve(np.vander(Lambda, time), h)


def complex_equations_alone(Lambda, h, h0, time):
    """You solve the complex equations and take the real part at the end. With more inputs than states they
    have many solutions. The inputs are real, so the real parts and the imaginary parts are equations of their
    own: solve all of them together."""
    rest = h - Lambda**time * h0
    return np.linalg.lstsq(np.vander(Lambda, time), rest, rcond=None)[0].real


def right_by_stacking(Lambda, h, h0, time):
    """With powers written out."""
    V = Lambda[:, None] ** np.arange(time - 1, -1, -1)
    return _solve(V, h - Lambda**time * h0)


def right_with_mirror_images(Lambda, h, h0, time):
    """Adds the mirror images as further states."""
    rest = h - Lambda**time * h0
    both, values = np.concatenate([Lambda, Lambda.conj()]), np.concatenate([rest, rest.conj()])
    return np.linalg.pinv(np.vander(both, time)).dot(values).real
