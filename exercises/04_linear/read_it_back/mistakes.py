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


def one_power_more(Lambda, h, h0, time):
    """You multiply every input once too often. The last one has just come in, so its power is 0."""
    V = Lambda[:, None] ** np.arange(time, 0, -1)
    return _solve(V, h - Lambda**time * h0)


def real_parts_alone(Lambda, h, h0, time):
    """You use the real parts of the states alone. The imaginary parts are equations, too, and only together
    are they enough."""
    rest = h - Lambda**time * h0
    return np.linalg.lstsq(np.vander(Lambda, time).real, rest.real, rcond=None)[0]


def start_not_multiplied(Lambda, h, h0, time):
    """You take away h0 itself. Each step has multiplied it by Lambda, so what is left of it is Lambda to the
    power of `time`, times h0."""
    return _solve(np.vander(Lambda, time), h - h0)


def start_one_step_off(Lambda, h, h0, time):
    """You multiply h0 by Lambda once too little. It stood there before the first step, so all `time` steps
    have multiplied it."""
    return _solve(np.vander(Lambda, time), h - Lambda ** (time - 1) * h0)


def start_added(Lambda, h, h0, time):
    """You add what has become of h0. It is in the last state already: take it away."""
    return _solve(np.vander(Lambda, time), h + Lambda**time * h0)


def pulled_towards_zero(Lambda, h, h0, time):
    """You solve with a small number added to the diagonal. That pulls all inputs towards 0, and digits are
    lost. The equations have exactly one solution here: solve them as they are."""
    V, rest = np.vander(Lambda, time), h - Lambda**time * h0
    A = np.concatenate([V.real, V.imag])
    right = A.T @ np.concatenate([rest.real, rest.imag])
    return np.linalg.solve(A.T @ A + 0.01 * np.eye(time), right)


def transpose_for_inverse(Lambda, h, h0, time):
    """You multiply by the conjugate transpose. That is the inverse, up to a factor, only where the factors
    stand evenly on the unit circle. Here they do not quite: solve the equations."""
    return (np.vander(Lambda, time).conj().T @ (h - Lambda**time * h0)).real / len(Lambda)


def right_by_stacking(Lambda, h, h0, time):
    """With powers written out."""
    V = Lambda[:, None] ** np.arange(time - 1, -1, -1)
    return _solve(V, h - Lambda**time * h0)


def right_with_mirror_images(Lambda, h, h0, time):
    """Adds the mirror images as further states."""
    rest = h - Lambda**time * h0
    both, values = np.concatenate([Lambda, Lambda.conj()]), np.concatenate([rest, rest.conj()])
    return np.linalg.pinv(np.vander(both, time)).dot(values).real
