"""gamma for noise with a mean: the mean and the spread of the state, followed step by step and by halves."""

from decimal import Decimal, localcontext

import numpy as np

from minirnn.course.checks import Wrong, close, finite, points, same_shape, same_type, true, unchanged

TINY = np.array([1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 0.01, 1.0, 10.0])


def _nu(rng, d_state):
    return rng.uniform(0.01, 1.2, d_state)


def probe(rng):
    return [
        (np.array([0.1, 0.7]), 1.0, 1.0),
        (_nu(rng, 4), -1.5, 0.6),
        (_nu(rng, 3), 0.0, 1.7),
        (_nu(rng, 3), 2.5, 0.0),
    ]


def oracle(nu, mean, deviation):
    """Both parts as sums of what all inputs have become, after 1, 2, 4, 8, ... steps, with 80 digits.

    The sum of 2n terms of a geometric series is that of n terms and its n-th power times the same.
    """
    with localcontext() as context:
        context.prec = 80
        found = []
        for rate in nu:
            factor = (-Decimal(float(rate))).exp()
            power, first, second = factor, Decimal(1), Decimal(1)  # sums of factor^k and of factor^(2k)
            while power > Decimal("1e-60"):
                first, second, power = first + power * first, second + power**2 * second, power * power
            m, s = Decimal(mean), Decimal(deviation)
            found.append(float(((m * m + s * s) / ((m * first) ** 2 + s * s * second)).sqrt()))
        return np.array(found)


def _compare(learner, nu, mean, deviation):
    got = learner(nu, mean, deviation)
    same_type(got, "array")
    same_shape(got, nu.shape, "(d_state,)")
    finite(got)
    expected = oracle(nu, mean, deviation)
    what = f"gamma for mean {mean:.4g} and deviation {deviation:.4g}, divided by what it should be,"
    close(got / expected, np.ones(len(nu)), 1e-6, what=what)


@points(1)
def test_runs(learner, rng):
    """It returns an array, one number for each state, and leaves nu as it was."""
    nu = _nu(rng, 4)
    got = learner(nu, 1.0, 1.0)
    same_type(got, "array")
    same_shape(got, (4,), "(d_state,)")
    finite(got)
    true(
        bool((np.asarray(got) > 0).all()), "There is a gamma that is not positive. Return the positive root."
    )
    unchanged(learner)


@points(1)
def test_only_noise(learner, rng):
    """With mean 0 it is the gamma of the LRU."""
    for deviation in (1.0, 0.3):
        _compare(learner, _nu(rng, 5), 0.0, deviation)


@points(2)
def test_only_a_constant(learner, rng):
    """With no noise; the sign of the mean makes no difference."""
    for mean in (1.0, 2.5, -0.4):
        _compare(learner, _nu(rng, 5), mean, 0.0)


@points(2)
def test_both(learner, rng):
    """The two together."""
    for mean, deviation in ((1.0, 1.0), (0.5, 2.0), (-3.0, 0.7)):
        _compare(learner, _nu(rng, 5), mean, deviation)


@points(1)
def test_state_settles(learner, rng):
    """The mean and the spread of the state, step by step, until they no longer change."""
    nu, mean, deviation = _nu(rng, 5), 0.8, 1.3
    gamma = np.asarray(learner(nu, mean, deviation))
    same_shape(gamma, nu.shape, "(d_state,)")
    middle, spread, size = np.zeros(5), np.zeros(5), np.exp(-nu)
    for _ in range(3000):
        middle, spread = size * middle + gamma * mean, size**2 * spread + gamma**2 * deviation**2
    total = np.full(5, mean**2 + deviation**2)
    close(middle**2 + spread, total, 1e-6, what="the mean square at which the state settles")


@points(1)
def test_near_the_circle(learner, rng):
    """Rates down to 1e-12, with all digits."""
    for mean, deviation in ((1.0, 0.0), (0.0, 1.0), (0.01, 5.0)):
        got = np.asarray(learner(TINY, mean, deviation))
        same_shape(got, TINY.shape, "(d_state,)")
        ratio = got / oracle(TINY, mean, deviation)
        if abs(ratio[-1] - 1) < 1e-6 and not abs(ratio[0] - 1) < 1e-6:
            why = "digits are lost where something close to 1 is subtracted from 1. np.expm1 has them all."
            if ratio[0] > 10:
                why = "a state that is followed step by step has not settled yet. That takes 1e12 steps here."
            raise Wrong(
                f"For mean {mean:g} and deviation {deviation:g} your gamma is right for the rate 10, but for "
                f"1e-12 it is {ratio[0]:.6g} times what it should be: {why}"
            )
        _compare(learner, TINY, mean, deviation)


@points(1, graded=True)
def test_everywhere(learner, rng):
    """The same for other rates and inputs."""
    for _ in range(10):
        nu = np.exp(rng.uniform(-25, 2, 6))
        _compare(learner, nu, float(rng.normal()), float(rng.uniform(0.1, 3)))
