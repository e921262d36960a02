"""The ring: Lambda is made from the answer, and the share of the ring's area inside it must be u1."""

import math

import numpy as np

from minirnn.course.checks import Tensor, close, points, same_shape, true


def _uniform(rng, d_state):
    return rng.uniform(0.02, 0.98, d_state), rng.uniform(0.02, 0.98, d_state)


def probe(rng):
    return [
        (np.array([0.5]), np.array([0.25]), 0.6, 0.8, 2 * math.pi),
        (*_uniform(rng, 5), 0.3, 0.9, 1.0),
        (np.array([0.1, 0.7, 0.93]), np.array([0.2, 0.35, 0.8]), 0.55, 0.95, 2.5),
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


def _is_other_way_round(got, expected):
    """Whether the two parts have changed places."""
    pairs = list(zip(got, reversed(expected), strict=True))
    return all(a.array.shape == b.shape and np.allclose(a.array, b, 1e-4, 1e-4) for a, b in pairs)


def _two(got, expected):
    """nu_log and theta_log; a wrong order is told once, by the first rung."""
    true(
        isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(x, Tensor) for x in got),
        "Return two tensors, as in `return nu_log, theta_log`.",
    )
    return got[::-1] if _is_other_way_round(got, expected) else got


def _tolerance(got):
    """Looser for numbers in single precision, which is told once."""
    return 1e-4 if got.dtype == "float32" else 1e-9


@points(1)
def test_runs(learner, rng):
    """It returns two tensors, one number for each state in both."""
    args = probe(rng)[1]
    got, expected = learner(*args), oracle(*args)
    parts = _two(got, expected)
    true(
        parts is got,
        "You return (theta_log, nu_log), expected (nu_log, theta_log): the radius first and then the phase.",
    )
    for part in parts:
        same_shape(part, (5,), "(d_state,)")


@points(1)
def test_dtype(learner, rng):
    """Real tensors, as precise as the random numbers."""
    u1, u2, *rest = probe(rng)[1]
    for dtype in ("float64", "float32"):
        args = u1.astype(dtype), u2.astype(dtype), *rest
        for part in _two(learner(*args), oracle(*args)):
            true(
                part.dtype == dtype,
                f"For random numbers in {dtype} you return {part.dtype}, expected {dtype}: keep their dtype.",
            )


@points(2)
def test_phase(learner, rng):
    """The phases that the parameters stand for."""
    for args in probe(rng):
        expected = oracle(*args)
        _, theta_log = _two(learner(*args), expected)
        what = "the phase exp(theta_log)"
        close(np.exp(theta_log.array), np.exp(expected[1]), _tolerance(theta_log), what=what)


@points(2)
def test_radius(learner, rng):
    """The radii that the parameters stand for."""
    for args in probe(rng):
        expected = oracle(*args)
        nu_log, _ = _two(learner(*args), expected)
        radius, wanted = (np.exp(-np.exp(x)) for x in (nu_log.array, expected[0]))
        close(radius, wanted, _tolerance(nu_log), what="the radius |Lambda| = exp(-exp(nu_log))")
        close(nu_log, expected[0], _tolerance(nu_log), what="nu_log")


@points(1)
def test_area(learner):
    """Half of the ring's area holds half of the eigenvalues, and so for every share."""
    u1 = (np.arange(200) + 0.5) / 200
    args = u1, u1, 0.5, 1.0, 2 * math.pi
    radius = np.exp(-np.exp(_two(learner(*args), oracle(*args))[0].array))
    for share in (0.1, 0.25, 0.5, 0.9):
        inside = float(np.mean(radius**2 < 0.25 + share * 0.75))
        true(
            abs(inside - share) <= 0.006,
            f"The inner {share:.0%} of the area of the ring hold {inside:.0%} of your eigenvalues.",
        )


def _compare_rings(learner, rng, rings):
    for r_min, r_max, max_phase in rings:
        args = (*_uniform(rng, 20), r_min, r_max, max_phase)
        expected = oracle(*args)
        got = _two(learner(*args), expected)
        tolerance = _tolerance(got[0])
        close(got[0], expected[0], tolerance, what=f"nu_log for r_min = {r_min} and r_max = {r_max}")
        close(got[1], expected[1], tolerance, what=f"theta_log for max_phase = {max_phase:.4g}")


@points(1)
def test_disk_and_thin_ring(learner, rng):
    """The whole disk, a thin ring close to the circle, small phases."""
    full = 2 * math.pi
    _compare_rings(learner, rng, ((0.0, 1.0, full), (0.0, 0.5, 1.0), (0.999, 0.9999, math.pi / 10)))


@points(1, graded=True)
def test_other_rings(learner, rng):
    """Other radii and phases."""
    rings = ((0.0, 1.0, 2 * math.pi), (0.99, 0.999, 0.3), (0.9, 1.0, 3.0), (0.2, 0.4, 1e-3))
    _compare_rings(learner, rng, rings)
