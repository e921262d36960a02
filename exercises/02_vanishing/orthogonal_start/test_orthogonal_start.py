"""orthogonal_start: both rules are tried as they are written; beside it Gram and Schmidt, twice."""

import numpy as np

from minirnn.course.checks import close, points, same_shape, same_type, true, unchanged

LOOSE = 1e-7  # normal may be nearly singular


def probe(rng):
    # No square of a radius is a radius here, and no sign of a diagonal is left to luck.
    made = [(rng.standard_normal((n, n)), radius) for n in (2, 3, 4) for radius in (0.8, 1.7)]
    return [*made, (-made[2][0], 0.8), (np.array([[0.7]]), 1.3), (np.array([[-0.7]]), 1.3)]


def oracle(normal, radius):
    columns = []
    for column in normal.T:
        for _ in range(2):
            for other in columns:
                column = column - (column @ other) * other
        columns.append(column / np.sqrt(column @ column))
    return radius * np.array(columns).T


def _turn(rng, n):
    """Any orthogonal matrix: mirrors at planes by chance."""
    A = np.eye(n)
    for _ in range(n):
        v = rng.standard_normal(n)
        A = A - 2 * np.outer(v, v @ A) / (v @ v)
    return A


def _ask(learner, normal, radius):
    got = learner(normal, radius)
    same_type(got, "array")
    same_shape(got, normal.shape, "(n, n)")
    return got


def _stretches(learner, rng, n, radius):
    W = _ask(learner, rng.standard_normal((n, n)), radius)
    close(W.T @ W, radius**2 * np.eye(n), LOOSE, what=f"W.T @ W for n = {n} and the radius {radius}")


def _fair(learner, normal, A, radius, how):
    W, turned = _ask(learner, normal, radius), _ask(learner, A @ normal, radius)
    off = float(abs(turned - A @ W).max())
    true(
        off < 1e-6 * radius,
        f"It is not fair: {how}, n = {len(normal)}, expected A @ W, but a number is off by {off:.3g}.",
    )


@points(1)
def test_shape(learner, rng):
    for n in (1, 4):
        _ask(learner, rng.standard_normal((n, n)), 1.0)


@points(2)
def test_orthogonal(learner, rng):
    """With the radius 1."""
    for n in (1, 2, 3, 8):
        _stretches(learner, rng, n, 1.0)


@points(1)
def test_radius(learner, rng):
    """With others."""
    for n, radius in ((1, 0.9), (3, 1.5), (6, 0.25)):
        _stretches(learner, rng, n, radius)


@points(1)
def test_no_other_chance(learner, rng):
    """The same for the same arguments."""
    normal = rng.standard_normal((3, 3))
    first, second = _ask(learner, normal, 1.0), _ask(learner, normal, 1.0)
    true(
        bool((first == second).all()),
        "Called twice with the same arguments, it returned two different matrices.",
    )


@points(2)
def test_mirrored(learner, rng):
    """Fair, if all signs are changed, or one row's."""
    for n in (1, 2, 5):
        _fair(learner, rng.standard_normal((n, n)), -np.eye(n), 1.0, "for A with -1 on its diagonal")
    one = np.diag([1.0, -1.0, 1.0, 1.0])
    _fair(learner, rng.standard_normal((4, 4)), one, 0.8, "for an A that changes the sign of one row")


@points(3)
def test_turned(learner, rng):
    """Fair, if the matrix is turned in any way."""
    for n in (2, 3, 7):
        _fair(learner, rng.standard_normal((n, n)), _turn(rng, n), 1.2, "for an A by chance")
    unchanged(learner)


@points(2, graded=True)
def test_large(learner, rng):
    for n in (20, 50):
        _stretches(learner, rng, n, 0.95)
        _fair(learner, rng.standard_normal((n, n)), _turn(rng, n), 1.1, "for an A by chance")
