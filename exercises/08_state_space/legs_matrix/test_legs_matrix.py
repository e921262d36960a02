"""The matrix as what it does: polynomials must be followed exactly, by integrals of Legendre polynomials."""

import numpy as np
from numpy.polynomial.legendre import Legendre, leggauss

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true


def probe(rng):
    return [(1,), (2,), (3,), (5,), (8,)]


def oracle(N):
    """From the definition: c_n is sqrt(2n+1) times the mean of the past times Legendre's polynomial P_n.

    The past runs from 0 to 1, with P_n(2s - 1). When it grows, s c' is the latest x times P_n(1), less the
    mean of x times the derivative of s P_n(2s - 1); what that is in all P_k is found by Gauss's rule.
    """
    nodes, weights = leggauss(N + 2)
    past, weights = (nodes + 1) / 2, weights / 2
    shifted = [Legendre.basis(n, domain=[0, 1]) for n in range(N)]
    rows = []
    for n, P in enumerate(shifted):
        values = P(past) + past * P.deriv()(past)
        # In terms of the normalised polynomials sqrt(2k+1) P_k.
        rows.append(
            [
                -np.sqrt(2 * n + 1) * (weights * values * Q(past)).sum() * np.sqrt(2 * k + 1)
                for k, Q in enumerate(shifted)
            ]
        )
    return np.tril(rows), np.array([np.sqrt(2 * n + 1) * P(1.0) for n, P in enumerate(shifted)])


def _pair(got, N):
    true(got is not None, "You return nothing (None), expected the tuple (A, B). Is a return missing?")
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} values, expected two: A and B.")
    for part, shape, names in zip(got, ((N, N), (N,)), ("(N, N)", "(N,)"), strict=True):
        same_type(part, "array")
        same_shape(part, shape, names)
        same_dtype(part, "float64")
    return got


def _check(learner, N, which=(0, 1)):
    got, expected = _pair(learner(N), N), oracle(N)
    for i in which:
        close(got[i], expected[i], what=f"{'AB'[i]} for N = {N}")


@points(1)
def test_runs(learner):
    """It returns a matrix and a list of numbers."""
    _pair(learner(3), 3)


@points(1)
def test_one(learner):
    """One number: the running mean."""
    _check(learner, 1)


@points(1)
def test_input(learner):
    """B alone."""
    for N in (2, 5):
        _check(learner, N, which=(1,))


@points(1)
def test_constant_past(learner):
    """A past that never changed: nothing moves."""
    for N in (2, 6):
        A, B = _pair(learner(N), N)
        still = np.asarray(A)[:, 0] + np.asarray(B)
        close(still, np.zeros(N), what=f"the first column of A, plus B, for N = {N}")


@points(3)
def test_matrix(learner):
    """The whole matrix."""
    for N in (2, 3, 5, 8):
        _check(learner, N)


@points(2, graded=True)
def test_sizes(learner):
    """Large ones."""
    for N in (13, 20):
        _check(learner, N)
