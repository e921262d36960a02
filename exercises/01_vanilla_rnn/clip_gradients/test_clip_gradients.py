"""clip_gradients: one norm, one factor, and nothing at all for short gradients."""

import math

import numpy as np

from minirnn.course.checks import close, equal, finite, points, same_dtype, same_shape, same_type, unchanged

TOLERANCE = 1e-4  # 1e-6 added to the norm and float32 inside are good enough
EXAMPLE = {"W": np.array([[3.0, 0.0], [0.0, 0.0]]), "b": np.array([0.0, -4.0])}


def probe(rng):
    return [(EXAMPLE, 2.5), (_gradients(rng), 2.0), (_gradients(rng), 1000.0)]


def oracle(gradients, max_norm):
    # Exact sums over single numbers; the shorter of the arrow and the arrow of length max_norm.
    norm = math.sqrt(math.fsum(float(number) ** 2 for g in gradients.values() for number in g.flat))
    return {name: g / max(1.0, norm / max_norm) for name, g in gradients.items()}


def _gradients(rng):
    # Each array alone is longer than 2; one entry of U stays below.
    def random(*shape):
        return rng.uniform(1.5, 4.0, shape) * rng.choice([-1, 1], shape)

    gradients = {"W": random(3, 3), "U": random(3, 2), "b": random(3)}
    gradients["U"][0, 0] = 0.5
    return gradients


def _compare(got, gradients, max_norm, of=""):
    same_type(got, "dict")
    equal(sorted(got), sorted(gradients), what="the list of names in the dictionary")
    for name, expected in oracle(gradients, max_norm).items():
        same_type(got[name], "array")
        close(got[name], expected, TOLERANCE, what=f"the clipped gradient of {name}{of}")


@points(1)
def test_shape(learner, rng):
    gradients = _gradients(rng)
    got = learner(gradients, 2.0)
    same_type(got, "dict")
    equal(sorted(got), ["U", "W", "b"], what="the list of names in the dictionary")
    for name, g in gradients.items():
        same_type(got[name], "array")
        same_shape(got[name], g.shape, f"the shape of {name}")


@points(2)
def test_example(learner):
    _compare(learner(EXAMPLE, 2.5), EXAMPLE, 2.5, of=" in the example")


@points(2)
def test_long_gradients(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (0.5, 2.0, 5.0):
        _compare(learner(gradients, max_norm), gradients, max_norm, of=f" for max_norm = {max_norm}")
    unchanged(learner)


@points(2)
def test_short_gradients(learner, rng):
    # Nothing to do: every number must come back as it was.
    gradients = _gradients(rng)
    _compare(learner(gradients, 1000.0), gradients, 1000.0, of=", which was short enough,")


@points(1)
def test_zero(learner):
    zeros = {"W": np.zeros((2, 2)), "b": np.zeros(2)}
    got = learner(zeros, 1.0)
    _compare(got, zeros, 1.0, of=", which was zero,")
    for g in got.values():
        finite(g)


@points(1, graded=True)
def test_direction(learner, rng):
    # One factor for all numbers: their ratios stay.
    gradients = _gradients(rng)
    got = learner(gradients, 1.0)
    _compare(got, gradients, 1.0)
    ratios = np.concatenate([(got[name] / g).ravel() for name, g in gradients.items()])
    close(ratios, np.full(len(ratios), ratios[0]), TOLERANCE, what="the factor of each number")


@points(1, graded=True)
def test_other_names_and_dtype(learner, rng):
    gradients = {
        "gate": rng.uniform(1, 3, (2, 3, 2)),
        "output": np.array(2.0)[None],
        "e": rng.uniform(1, 3, 5),
    }
    _compare(learner(gradients, 1.5), gradients, 1.5)
    small = {name: g.astype(np.float32) for name, g in gradients.items()}
    got = learner(small, 1.5)
    _compare(got, gradients, 1.5, of=" in float32")
    for g in got.values():
        same_dtype(g, "float32")
