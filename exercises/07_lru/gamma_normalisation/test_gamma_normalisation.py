"""gamma: against eighty decimal digits, and against the size the state settles at."""

import math
from decimal import Decimal, localcontext

import numpy as np

from minirnn.course.checks import close, finite, points, same_shape, same_type, true


def _nu_log(rng, d_state):
    """Sizes between 0.3 and 0.99."""
    return np.log(rng.uniform(0.01, 1.2, d_state))


# Rates of decay for which digits are lost in one way or another.
TINY = (1e-30, 1e-20, 1e-16, 1e-13, 1e-10, 3e-8, 1.2e-7, 1e-6, 1e-5, 1e-4)


def probe(rng):
    # Near the circle, so that 1 - |Lambda| is exactly zero in float32; then in float64, too.
    near = np.log(rng.uniform(0.2e-8, 2e-8, 3)).astype("float32")
    nearer = np.log(rng.uniform(1e-20, 1e-18, 3))
    return [(np.array([math.log(0.1), 0.4]),), (_nu_log(rng, 5),), (near,), (nearer,)]


def oracle(nu_log):
    """The plain formula, with eighty digits there is nothing to lose."""
    with localcontext() as context:
        context.prec = 80
        sizes = [(-Decimal(float(n)).exp()).exp() for n in nu_log]
        return np.array([float((1 - size * size).sqrt()) for size in sizes])


def slope(nu_log):
    """The derivative of gamma, nu exp(-2 nu) / gamma."""
    nu = np.exp(np.asarray(nu_log, dtype="float64"))
    return nu * np.exp(-2 * nu) / oracle(nu_log)


def gradient(function, nu_log):
    """What autograd says of the sum of gamma, or None where it does not reach."""
    nu_log.requires_grad_()
    gamma = function(nu_log)
    if not gamma.requires_grad:
        return None
    gamma.sum().backward()
    return nu_log.grad


def _compare_digits(got, nu_log, tolerance):
    """The quotient, for gamma is tiny here; and why it is off."""
    same_type(got, "tensor")
    same_shape(got, nu_log.shape, "(d_state,)")
    expected = oracle(nu_log)
    for value, right, n in zip(got.array.tolist(), expected.tolist(), nu_log.tolist(), strict=True):
        rate = f"exp(nu_log) = {math.exp(n):.3g} in {nu_log.dtype}"
        at = f"gamma is {value:.6g} for {rate}, expected {right:.6g}"
        off = abs(value / right - 1) > tolerance
        true(
            value == value,
            f"{at}: there is a root of a negative number, or 0 divided by 0.",
        )
        floor = value > 3 * right and np.sum(np.abs(got.array / value - 1) < 1e-3) > 1
        true(
            not (off and floor),
            f"{at}, and other small rates get the same: is there a floor, or something added, under the "
            "root? It hides the small ones.",
        )
        first_order = math.sqrt(2 * math.exp(n))
        true(
            not (off and abs(value / first_order - 1) < 1e-2 * abs(value / right - 1)),
            f"{at}: yours is sqrt(2 nu), which is only about right. torch.expm1 is right for all rates.",
        )
        true(
            not (off and value <= 3 * right and right < 0.05),
            f"{at}. Near the circle digits are lost where something close to 1 is subtracted from 1 (in "
            "float64 a little later), or where a rate is kept away from 0. torch.expm1 needs no such help.",
        )
    close(got.array / expected, np.ones(len(nu_log)), tolerance, what="gamma, divided by what it should be,")


@points(1)
def test_runs(learner, rng):
    """It returns a real tensor, one number for each state."""
    got = learner(_nu_log(rng, 4))
    same_type(got, "tensor")
    same_shape(got, (4,), "(d_state,)")
    finite(got)


@points(1)
def test_dtype(learner, rng):
    """As precise as nu_log."""
    nu_log = _nu_log(rng, 4)
    for dtype in ("float64", "float32"):
        got = learner(nu_log.astype(dtype))
        same_type(got, "tensor")
        true(
            got.dtype == dtype,
            f"For nu_log in {dtype} you return {got.dtype}, expected {dtype}: return the dtype of nu_log.",
        )


@points(2)
def test_value(learner, rng):
    """sqrt(1 - |Lambda|^2)."""
    for args in probe(rng)[:2]:
        got, expected = learner(*args), oracle(*args)
        same_type(got, "tensor")
        same_shape(got, expected.shape, "(d_state,)")
        added = got.array.astype("float64") ** 2 - expected**2
        true(
            not (added.min() > 1e-9 and added.max() < 1e-3 and np.ptp(added) < 1e-2 * added.max()),
            f"Your gamma squared is {added[0]:.3g} too large everywhere: is something added under the root, "
            "so that it is never 0? It hides the small ones.",
        )
        close(got, expected, 1e-6 if got.dtype == "float32" else 1e-9, what="gamma")


@points(1)
def test_state_settles_at_one(learner, rng):
    """The mean square of the state, step after step, settles at that of the noise."""
    nu_log = _nu_log(rng, 5)
    got = learner(nu_log)
    same_shape(got, (5,), "(d_state,)")
    s, square = np.zeros(5), np.exp(-np.exp(nu_log)) ** 2
    for _ in range(2000):
        s = square * s + got.array**2
    close(s, np.ones(5), 1e-5, what="the mean square at which the state settles")


@points(1)
def test_near_the_circle(learner, rng):
    """In float32, where |Lambda| is rounded to 1."""
    (nu_log,) = probe(rng)[2]
    _compare_digits(learner(nu_log), nu_log, 1e-4)


@points(1)
def test_all_rates(learner, rng):
    """In float32 and float64, from states that forget at once to those that never seem to forget."""
    rates = np.array([*TINY, *rng.uniform(1e-8, 1e-3, 6), 0.01, 0.3, 2.0, 10.0])
    for dtype, tolerance in (("float32", 1e-4), ("float64", 1e-9)):
        nu_log = np.log(rates).astype(dtype)
        got = learner(nu_log)
        _compare_digits(got, nu_log, 1e-4 if got.dtype == "float32" else tolerance)


@points(1)
def test_gradient(learner, rng):
    """A gradient flows through gamma, near the circle, too."""
    nu_log = _nu_log(rng, 5)
    got = learner.drive(gradient, nu_log)
    true(got is not None, "No gradient reaches nu_log: stay with torch, without .item(), .detach() or numpy.")
    close(got, slope(nu_log), 1e-5, what="the gradient of nu_log")
    for dtype in ("float32", "float64"):
        nu_log = np.log(np.array([1e-20, 1e-8, 1e-6, 1e-3, 1.0, 10.0])).astype(dtype)
        got = learner.drive(gradient, nu_log)
        for value, right, n in zip(got.array.tolist(), slope(nu_log).tolist(), nu_log.tolist(), strict=True):
            rate = f"exp(nu_log) = {math.exp(n):.3g} in {dtype}"
            at = f"The gradient is {value:.6g} for {rate}, expected {right:.6g}"
            true(
                math.isfinite(value),
                f"{at}. If your code has torch.where in it: both of its branches get a gradient, also the "
                "one that is not taken.",
            )
            true(abs(value - right) <= 1e-3 * right + 1e-6 * (n > -5), f"{at}.")


@points(1, graded=True)
def test_everywhere(learner, rng):
    """The same for other rates."""
    for dtype, tolerance in (("float32", 1e-4), ("float64", 1e-9)):
        nu_log = np.sort(rng.uniform(-60, 2, 60)).astype(dtype)
        _compare_digits(learner(nu_log), nu_log, tolerance)
