"""The ring: Lambda is made from the answer, and the share of the ring's area inside it must be u1."""

import math

import numpy as np

from minirnn.course.checks import Tensor, close, finite, points, same_dtype, same_shape, true


def _uniform(rng, d_state):
    return rng.uniform(0.02, 0.98, d_state), rng.uniform(0.02, 0.98, d_state)


def probe(rng):
    return [
        (np.array([0.5]), np.array([0.25]), 0.6, 0.8, 2 * math.pi),
        (*_uniform(rng, 5), 0.3, 0.9, 1.0),
    ]


def oracle(u1, u2, r_min, r_max, max_phase):
    """Look for the radius, by halving: the area between r_min and it is the share u1 of the ring's."""
    nu_log, theta_log = [], []
    for share, turn in zip(u1.tolist(), u2.tolist(), strict=True):
        low, high = r_min, r_max
        for _ in range(100):
            middle = (low + high) / 2
            if math.pi * (middle**2 - r_min**2) < share * math.pi * (r_max**2 - r_min**2):
                low = middle
            else:
                high = middle
        nu_log.append(math.log(-math.log(low)))
        theta_log.append(math.log(turn * max_phase))
    return np.array(nu_log), np.array(theta_log)


def _two(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(x, Tensor) for x in got),
        "Return two tensors, as in `return nu_log, theta_log`.",
    )
    return got


@points(1)
def test_runs(learner, rng):
    """It returns two tensors."""
    _two(learner(*probe(rng)[0]))


@points(1)
def test_shape_and_dtype(learner, rng):
    """Real tensors, one number for each state."""
    for got in _two(learner(*probe(rng)[1])):
        same_shape(got, (5,), "(d_state,)")
        same_dtype(got, "float64")
        finite(got)


@points(2)
def test_phase(learner, rng):
    """The phases that the parameters stand for."""
    for args in probe(rng):
        got, expected = _two(learner(*args)), oracle(*args)
        close(np.exp(got[1].array), np.exp(expected[1]), what="the phase exp(theta_log)")


@points(3)
def test_radius(learner, rng):
    """The radii that the parameters stand for."""
    for args in probe(rng):
        got, expected = _two(learner(*args)), oracle(*args)
        radius, wanted = (np.exp(-np.exp(x)) for x in (got[0].array, expected[0]))
        close(radius, wanted, what="the radius |Lambda| = exp(-exp(nu_log))")
        close(got[0], expected[0], what="nu_log")


@points(1)
def test_area(learner):
    """Half of the ring's area holds half of the eigenvalues, and so for every share."""
    u1 = (np.arange(200) + 0.5) / 200
    radius = np.exp(-np.exp(_two(learner(u1, u1, 0.5, 1.0, 2 * math.pi))[0].array))
    for share in (0.1, 0.25, 0.5, 0.9):
        inside = float(np.mean(radius**2 < 0.25 + share * 0.75))
        true(
            abs(inside - share) <= 0.006,
            f"The inner {share:.0%} of the area of the ring hold {inside:.0%} of your eigenvalues.",
        )


@points(1, graded=True)
def test_other_rings(learner, rng):
    """The whole disk, a thin ring, small phases."""
    for r_min, r_max, max_phase in ((0.0, 1.0, 2 * math.pi), (0.999, 0.9999, math.pi / 10), (0.9, 1.0, 3.0)):
        args = (*_uniform(rng, 20), r_min, r_max, max_phase)
        got, expected = _two(learner(*args)), oracle(*args)
        close(got[0], expected[0], what=f"nu_log for r_min = {r_min} and r_max = {r_max}")
        close(got[1], expected[1], what=f"theta_log for max_phase = {max_phase:.4g}")
