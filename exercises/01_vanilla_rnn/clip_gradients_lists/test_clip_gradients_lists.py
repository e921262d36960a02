"""clip_gradients_lists: one length, one factor, and nothing at all for short arrows."""

import math

from minirnn.course.checks import close, equal, finite, points, same_type, unchanged

TOLERANCE = 1e-5  # 1e-6 added to the length is good enough
EXAMPLE = {"W": [3.0, 0.0], "b": [0.0, -4.0]}


def probe(rng):
    return [(EXAMPLE, 2.5), (_gradients(rng), 2.0), (_gradients(rng), 1000.0)]


def oracle(gradients, max_norm):
    # math.hypot of everything; the shorter of the arrow and the arrow of length max_norm.
    shrink = max(1.0, math.hypot(*(g for name in gradients for g in gradients[name])) / max_norm)
    return {name: [g / shrink for g in numbers] for name, numbers in gradients.items()}


def _gradients(rng):
    # Each list alone is longer than 2; one entry of U stays below.
    def numbers(count):
        return [rng.choice([-1, 1]) * rng.uniform(1.5, 4.0) for _ in range(count)]

    return {"W": numbers(5), "U": [0.5, *numbers(3)], "b": numbers(2)}


def _compare(got, gradients, max_norm, of=""):
    same_type(got, "dict")
    equal(sorted(got), sorted(gradients), what="the list of names in the dictionary")
    for name, expected in oracle(gradients, max_norm).items():
        same_type(got[name], "list")
        equal(len(got[name]), len(expected), what=f"the number of numbers in {name}")
        close(got[name], expected, TOLERANCE, what=f"the clipped gradient of {name}{of}")


@points(1)
def test_names(learner, rng):
    got = learner(_gradients(rng), 2.0)
    same_type(got, "dict")
    equal(sorted(got), ["U", "W", "b"], what="the list of names in the dictionary")


@points(2)
def test_example(learner):
    _compare(learner(EXAMPLE, 2.5), EXAMPLE, 2.5, of=" in the example")


@points(2)
def test_long_gradients(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (0.5, 2.0, 4.0):
        _compare(learner(gradients, max_norm), gradients, max_norm, of=f" for max_norm = {max_norm}")
    unchanged(learner)


@points(2)
def test_short_gradients(learner, rng):
    # Nothing to do: every number must come back as it was.
    gradients = _gradients(rng)
    _compare(learner(gradients, 1000.0), gradients, 1000.0, of=", which was short enough,")


@points(1)
def test_zero(learner):
    zeros = {"W": [0.0, 0.0, 0.0], "b": [0.0]}
    got = learner(zeros, 1.0)
    _compare(got, zeros, 1.0, of=", which was zero,")
    finite(got["W"])


@points(1, graded=True)
def test_other_names(learner, rng):
    gradients = {"gate": [rng.uniform(1, 3) for _ in range(7)], "e": [rng.uniform(1, 3)], "none": []}
    for max_norm in (1.0, 1.5):
        _compare(learner(gradients, max_norm), gradients, max_norm)
