"""The factor as what it is: the integral of exp(A s) over the step, added up piece by piece."""

import numpy as np

from minirnn.course.checks import (
    Wrong,
    close,
    finite,
    points,
    same_dtype,
    same_shape,
    same_type,
    true,
    unchanged,
)

NODES, WEIGHTS = np.polynomial.legendre.leggauss(20)
EXAMPLE = np.array([0j, -2 + 0j]), np.array([0.25, 0.25])
SMALL = 10.0 ** -np.arange(1, 16)


def probe(rng):
    return [EXAMPLE, *_near(), _any(rng, 6), (np.array([0j, 0j]), np.array([0.5, 3.0])), _guards()]


def _any(rng, N):
    return -rng.uniform(0.1, 3, N) + 1j * rng.uniform(-4, 4, N), rng.uniform(0.05, 0.9, N)


def _near():
    """Real, imaginary and slanting A, nearer and nearer to 0."""
    return [(turn * SMALL, np.linspace(0.2, 1.7, len(SMALL))) for turn in (-1 + 0j, 1j, -0.6 - 0.8j)]


def _guards():
    """A neither far from 0 nor near: where a rough guard, or a short series, is off."""
    size = np.array([0.9, 0.5, 0.2, 0.1, 0.05, 0.01, 3e-3, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7])
    return size * np.exp(1j * np.linspace(1.6, 4.6, len(size))), np.full(len(size), 1.1)


def oracle(A, delta):
    """Gauss's rule with 20 nodes on each of 64 pieces of the step."""
    pieces = (np.arange(64)[:, None] + (NODES + 1) / 2) / 64
    values = np.exp(A[:, None, None] * delta[:, None, None] * pieces)
    return delta * (values * WEIGHTS).sum((1, 2)) / 128


def _check(learner, case, what):
    A, delta = case
    got = learner(A, delta)
    same_type(got, "array")
    same_shape(got, A.shape, "(N,)")
    finite(got)
    same_dtype(got, "complex128")
    ratio = got / oracle(A, delta)
    off = float(np.max(np.abs(ratio - 1)))
    if 2e-11 < off < 1e-5:
        where = A[int(np.argmax(np.abs(ratio - 1)))]
        raise Wrong(
            f"For A = {where:.3g} {what} is right to {int(-np.log10(off))} digits only, expected eleven. "
            "Has a subtraction lost them, or a series too few terms?"
        )
    close(ratio, np.ones(len(A)), 1e-11, what=f"{what}, divided by what it should be,")


@points(1)
def test_runs(learner, rng):
    """It returns a complex number for each state, and leaves the arguments as they were."""
    A, delta = _any(rng, 3)
    got = learner(A, delta)
    same_type(got, "array")
    same_shape(got, (3,), "(N,)")
    same_dtype(got, "complex128")
    unchanged(learner)


@points(1)
def test_far(learner, rng):
    """A is well away from 0."""
    _check(learner, _any(rng, 6), "the factor")


@points(1)
def test_zero(learner):
    """A is exactly 0, for some states or for all."""
    for case in ((np.array([0j]), np.array([1.0])), (np.array([0j, 0j]), np.array([0.5, 3.0])), EXAMPLE):
        got = learner(*case)
        same_type(got, "array")
        true(bool(np.all(np.isfinite(got))), "For A = 0 there is a nan or an infinity, expected delta.")
        _check(learner, case, "the factor where an A is 0")


@points(3)
def test_near(learner):
    """A comes nearer and nearer to 0."""
    for case, kind in zip(_near(), ("real", "imaginary", "complex"), strict=True):
        _check(learner, case, f"the factor for a small {kind} A")


@points(1)
def test_between(learner):
    """A is neither far from 0 nor near."""
    _check(learner, _guards(), "the factor for an A that is neither far from 0 nor near")


@points(1, graded=True)
def test_long_steps(learner, rng):
    """Long steps: the state comes near its rest."""
    A = -rng.uniform(1, 4, 8) + 1j * rng.uniform(-4, 4, 8)
    _check(learner, (A, rng.uniform(2, 8, 8)), "the factor for long steps")


@points(1, graded=True)
def test_many(learner, rng):
    """All sizes mixed."""
    for _ in range(5):
        A = 10.0 ** rng.uniform(-14, 0, 12) * np.exp(1j * rng.uniform(np.pi / 2, 3 * np.pi / 2, 12))
        A[rng.integers(12)] = 0
        A = -np.abs(A.real) + 1j * A.imag
        _check(learner, (A, rng.uniform(0.01, 2, 12)), "the factor")
