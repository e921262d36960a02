"""The stable exponential form: against Python's own complex numbers, one at a time."""

import cmath
import math

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, true


def _parameters(rng, d_state):
    """Sizes between 0.3 and 0.99, phases all around the circle."""
    return np.log(rng.uniform(0.01, 1.2, d_state)), np.log(rng.uniform(0.2, 6.0, d_state))


def probe(rng):
    return [(np.array([math.log(0.1)]), np.array([math.log(math.pi / 2)])), _parameters(rng, 5)]


def oracle(nu_log, theta_log):
    """Size and phase by hand, then cmath."""
    numbers = []
    for n, t in zip(nu_log.tolist(), theta_log.tolist(), strict=True):
        size = 1.0 / math.e ** (math.e**n)
        numbers.append(cmath.rect(size, math.e**t))
    return np.array(numbers)


def gradients(function, nu_log, theta_log):
    """What autograd says of 2 Re Lambda + 3 Im Lambda, or None where it does not reach."""
    nu_log.requires_grad_()
    theta_log.requires_grad_()
    Lambda = function(nu_log, theta_log)
    if not Lambda.requires_grad:
        return None
    (2 * Lambda.real + 3 * Lambda.imag).sum().backward()
    return [x.grad for x in (nu_log, theta_log)]


@points(1)
def test_runs(learner, rng):
    """It returns a tensor."""
    same_type(learner(*probe(rng)[0]), "tensor")


@points(1)
def test_shape(learner, rng):
    """One number for each state."""
    same_shape(learner(*_parameters(rng, 4)), (4,), "(d_state,)")


@points(1)
def test_dtype(learner, rng):
    """Complex, and as precise as the parameters."""
    nu_log, theta_log = _parameters(rng, 4)
    same_dtype(learner(nu_log, theta_log), "complex128")
    same_dtype(learner(nu_log.astype("float32"), theta_log.astype("float32")), "complex64")


@points(1)
def test_size(learner, rng):
    """|Lambda| = exp(-exp(nu_log))."""
    for args in probe(rng):
        got = learner(*args)
        finite(got)
        close(np.abs(got.array), np.abs(oracle(*args)), what="the size |Lambda|")


@points(2)
def test_value(learner, rng):
    """Size and phase."""
    for args in probe(rng):
        close(learner(*args), oracle(*args), what="Lambda")


@points(1)
def test_gradient(learner, rng):
    """Gradients flow through Lambda to both parameters."""
    nu_log, theta_log = _parameters(rng, 5)
    got = learner.drive(gradients, nu_log, theta_log)
    true(
        got is not None and all(g is not None for g in got),
        "No gradient reaches nu_log and theta_log: stay with torch, without .item(), .detach() or numpy.",
    )
    Lambda, nu, theta = oracle(nu_log, theta_log), np.exp(nu_log), np.exp(theta_log)
    for name, g, slope in (("nu_log", got[0], -nu * Lambda), ("theta_log", got[1], 1j * theta * Lambda)):
        close(g, 2 * slope.real + 3 * slope.imag, what=f"the gradient of {name}")


@points(1, graded=True)
def test_always_inside(learner, rng):
    """Inside the unit circle wherever the optimiser has pushed the parameters."""
    nu_log, theta_log = rng.uniform(-12, 3, 50), rng.uniform(-8, 2, 50)
    got = learner(nu_log, theta_log)
    same_shape(got, (50,), "(d_state,)")
    true(bool(np.all(np.abs(got.array) < 1)), "Some |Lambda| is not below 1 for nu_log between -12 and 3.")
    close(got, oracle(nu_log, theta_log), what="Lambda")
