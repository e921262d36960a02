"""Rotary positions: against products of complex numbers."""

import cmath
import math

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, unchanged


def oracle(x, position, turning, base):
    """Each pair as a complex number, multiplied by one of size 1."""
    out, pairs = np.array(x, float), x.shape[1] // 2
    for row, p in enumerate(position):
        speed = 1.0
        for k in range(pairs):
            if k < turning:
                z = complex(x[row, k], x[row, k + pairs]) * cmath.exp(1j * float(p) * speed)
                out[row, k], out[row, k + pairs] = z.real, z.imag
            speed = math.exp(-math.log(base) * (k + 1) / pairs)
    return out


def _case(rng, rows=4, d_head=8, turning=None, base=100.0, farthest=30):
    x = rng.uniform(0.5, 2.0, (rows, d_head)) * rng.choice([-1, 1], (rows, d_head))
    position = rng.integers(1, farthest, rows)
    return x, position, d_head // 2 if turning is None else turning, base


EXAMPLE = np.array([[1.0, 2.0, 3.0, 4.0]]), np.array([2]), 1, 100.0


def probe(rng):
    return [
        _case(rng),
        _case(rng, 3, 8, 2),
        _case(rng, 4, 6, 1),
        _case(rng, 2, 6, 2, 10_000.0, 2000),
        _case(rng, 3, 4, 0),
        (*_case(rng, 2, 8, 3)[:1], np.array([999_000, 999_313]), 3, 10_000.0),
        EXAMPLE,
    ]


def _check(learner, args, what, tolerance=1e-5):
    close(learner(*args), oracle(*args), tolerance, what=what)


@points(1)
def test_runs(learner, rng):
    """It returns an array of the right shape and dtype."""
    for args in (_case(rng), _case(rng, 1, 2, 1)):
        got = learner(*args)
        same_type(got, "array")
        same_shape(got, args[0].shape, "(rows, d_head)")
        same_dtype(got, "float64")
        finite(got)


@points(1)
def test_stays(learner, rng):
    """At position 0, and where no pair turns, everything stays."""
    x, position, turning, base = _case(rng)
    _check(learner, (x, 0 * position, turning, base), "x at position 0")
    _check(learner, (x, position, 0, base), "x with turning = 0")


@points(1)
def test_one_pair(learner, rng):
    """A head of one pair."""
    _check(learner, (np.array([[1.0, 0.0]]), np.array([1]), 1, 100.0), "the pair (1, 0) at position 1")
    _check(learner, _case(rng, 4, 2), "x with d_head = 2")


@points(2)
def test_all_turn(learner, rng):
    """All pairs turn: RoPE."""
    _check(learner, (*EXAMPLE[:2], 2, 100.0), "the example with turning = 2")
    for args in (_case(rng), _case(rng, 3, 6)):
        _check(learner, args, "x with all pairs turning")


@points(2)
def test_some_turn(learner, rng):
    """The fastest pairs turn: p-RoPE."""
    _check(learner, EXAMPLE, "the example")
    for d_head, turning in ((8, 2), (8, 3), (6, 1), (12, 5)):
        args = _case(rng, 4, d_head, turning)
        _check(learner, args, f"x with {turning} of {d_head // 2} pairs turning")


@points(1)
def test_far(learner, rng):
    """A million tokens out, with the usual base."""
    x, position, turning, base = _case(rng, 3, 8, 3, 10_000.0)
    far = position + 999_000
    what = "x a million tokens out (where the angles need float64)"
    _check(learner, (x, far, turning, base), what, 1e-7)


@points(1)
def test_unchanged(learner, rng):
    """What came in is as it was."""
    learner(*_case(rng, 3, 8, 2))
    unchanged(learner)


@points(1, graded=True)
def test_other_sizes(learner, rng):
    """Other sizes and bases."""
    for _ in range(6):
        pairs = int(rng.integers(1, 9))
        turning, base = int(rng.integers(0, pairs + 1)), float(rng.uniform(2, 500))
        args = _case(rng, int(rng.integers(1, 6)), 2 * pairs, turning, base, 500)
        _check(learner, args, f"x with {turning} of {pairs} pairs turning and base {base:.4g}", 1e-7)
