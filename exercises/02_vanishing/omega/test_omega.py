"""omega: the derivative is found with an imaginary nudge, which is exact to the last digits."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_shape, true, unchanged

EXAMPLE = (np.array([[5.0], [0.5]]), np.array([[0.6], [0.3]]), np.array([[2.0]]))


def probe(rng):
    with_zeros = _arguments(rng, 5, 3)
    with_zeros[0][3] = 0
    return [EXAMPLE, *(_arguments(rng, time, 3) for time in (2, 4, 6)), with_zeros, _arguments(rng, 1, 2)]


def _value(grad_z, h, W):
    """Omega, number by number; W may be complex."""
    total = 0.0
    for t in range(len(h) - 1):
        square = math.fsum(float(x) ** 2 for x in grad_z[t + 1])
        if square < 1e-20:
            continue
        blame = [sum(W[i, j] * grad_z[t + 1, i] for i in range(len(W))) for j in range(len(W))]
        arrived = sum(((1 - h[t, j] * h[t, j]) * blame[j]) ** 2 for j in range(len(W)))
        total = total + (np.sqrt(arrived / square) - 1) ** 2
    return total


def oracle(grad_z, h, W):
    derivative = np.zeros(W.shape)
    for place in np.ndindex(W.shape):
        nudged = W.astype(complex)
        nudged[place] += 1e-30j
        derivative[place] = np.imag(_value(grad_z, h, nudged)) / 1e-30
    return float(np.real(_value(grad_z, h, W))), derivative


def _arguments(rng, time, d_hidden):
    def random(low, high, *shape):
        return rng.uniform(low, high, shape) * rng.choice([-1, 1], shape)

    W = np.linalg.qr(rng.standard_normal((d_hidden, d_hidden)))[0] * rng.uniform(0.5, 2.5, d_hidden)
    return random(0.2, 2.0, time, d_hidden), random(0.1, 0.8, time, d_hidden), W


def _pair(got):
    true(got is not None, "Your function returned nothing (None), expected a pair: is a return missing?")
    pair = isinstance(got, (tuple, list)) and len(got) == 2
    true(pair, "Your function returned no pair, expected Omega and its derivative.")
    return got


def _check(learner, args, what, derivative=True):
    value, grad_W = _pair(learner(*args))
    right, right_W = oracle(*args)
    close(value, right, what=f"Omega {what}")
    if derivative:
        close(grad_W, right_W, 1e-8, what=f"the derivative {what}")


@points(1)
def test_runs(learner, rng):
    """A number and an array come back."""
    value, grad_W = _pair(learner(*_arguments(rng, 3, 4)))
    true(np.ndim(value) == 0, "Omega is an array, expected one number: the sum over all steps.")
    same_shape(grad_W, (4, 4), "(d_hidden, d_hidden)")


@points(2)
def test_one_number(learner, rng):
    """With one number and one step back."""
    _check(learner, EXAMPLE, "of the example", derivative=False)
    _check(learner, _arguments(rng, 2, 1), "of one number", derivative=False)


@points(2)
def test_value(learner, rng):
    """Omega, for more numbers and more steps."""
    for time, d_hidden in ((2, 3), (4, 1), (5, 3)):
        _check(learner, _arguments(rng, time, d_hidden), f"over {time} steps", derivative=False)


@points(1)
def test_derivative_of_one_number(learner, rng):
    _check(learner, EXAMPLE, "of the example")
    _check(learner, _arguments(rng, 4, 1), "of one number")


@points(3)
def test_derivative(learner, rng):
    """The derivative for each number of W."""
    for time in (2, 5):
        _check(learner, _arguments(rng, time, 3), f"over {time} steps")
    unchanged(learner)


@points(2)
def test_zeros(learner, rng):
    """Steps without a gradient do not count, and a sequence of one step has no step back."""
    args = _arguments(rng, 6, 3)
    args[0][5], args[0][2] = 0, 1e-12
    _check(learner, args, "where two gradients are nearly zero")
    _check(learner, (0 * args[0], *args[1:]), "where all gradients are zero")
    _check(learner, _arguments(rng, 1, 2), "of a single step")


@points(2, graded=True)
def test_long(learner, rng):
    for _ in range(3):
        _check(learner, _arguments(rng, 30, 4), "over 30 steps")
