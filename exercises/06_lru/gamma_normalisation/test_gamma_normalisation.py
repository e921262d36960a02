"""gamma: against fifty decimal digits, and against the size the state settles at."""

import math
from decimal import Decimal, localcontext

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, true


def _nu_log(rng, d_state):
    """Sizes between 0.3 and 0.99."""
    return np.log(rng.uniform(0.01, 1.2, d_state))


def probe(rng):
    # Near the circle all of them, so that 1 - |Lambda| is exactly zero in float32.
    near = np.log(rng.uniform(0.2e-8, 2e-8, 3)).astype("float32")
    return [(np.array([math.log(0.1)]),), (_nu_log(rng, 5),), (near,)]


def oracle(nu_log):
    """The plain formula, with fifty digits there is nothing to lose."""
    with localcontext() as context:
        context.prec = 50
        sizes = [(-Decimal(float(n)).exp()).exp() for n in nu_log]
        return np.array([float((1 - size * size).sqrt()) for size in sizes])


def gradient(function, nu_log):
    """What autograd says of the sum of gamma, or None where it does not reach."""
    nu_log.requires_grad_()
    gamma = function(nu_log)
    if not gamma.requires_grad:
        return None
    gamma.sum().backward()
    return nu_log.grad


@points(1)
def test_runs(learner, rng):
    """It returns a tensor."""
    same_type(learner(*probe(rng)[0]), "tensor")


@points(1)
def test_shape_and_dtype(learner, rng):
    """Real, one number for each state, as precise as nu_log."""
    nu_log = _nu_log(rng, 4)
    for dtype in ("float64", "float32"):
        got = learner(nu_log.astype(dtype))
        same_shape(got, (4,), "(d_state,)")
        same_dtype(got, dtype)
        finite(got)


@points(2)
def test_value(learner, rng):
    """sqrt(1 - |Lambda|^2)."""
    for args in probe(rng)[:2]:
        close(learner(*args), oracle(*args), what="gamma")


@points(1)
def test_state_settles_at_one(learner, rng):
    """The mean square of the state, step after step, settles at that of the noise."""
    nu_log = _nu_log(rng, 5)
    got = learner(nu_log)
    same_shape(got, (5,), "(d_state,)")
    s, square = np.zeros(5), np.exp(-np.exp(nu_log)) ** 2
    for _ in range(2000):
        s = square * s + got.array**2
    close(s, np.ones(5), what="the mean square at which the state settles")


@points(1)
def test_gradient(learner, rng):
    """A gradient flows through gamma."""
    nu_log = _nu_log(rng, 5)
    got = learner.drive(gradient, nu_log)
    true(got is not None, "No gradient reaches nu_log: stay with torch, without .item(), .detach() or numpy.")
    nu = np.exp(nu_log)
    close(got, nu * np.exp(-2 * nu) / oracle(nu_log), what="the gradient of nu_log")


@points(2)
def test_near_the_circle(learner, rng):
    """In float32, where |Lambda| is rounded to 1."""
    (nu_log,) = probe(rng)[2]
    got = learner(nu_log)
    same_shape(got, (3,), "(d_state,)")
    finite(got)
    close(got.array / oracle(nu_log), np.ones(3), 1e-4, what="gamma, divided by what it should be,")


@points(1, graded=True)
def test_everywhere(learner, rng):
    """From states that forget at once to those that hardly forget."""
    nu_log = rng.uniform(-23, 2, 40).astype("float32")
    got = learner(nu_log)
    same_shape(got, (40,), "(d_state,)")
    close(got.array / oracle(nu_log), np.ones(40), 1e-4, what="gamma, divided by what it should be,")
