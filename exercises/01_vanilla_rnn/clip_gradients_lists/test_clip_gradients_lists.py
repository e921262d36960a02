"""clip_gradients_lists: one length, one factor, and nothing at all for short arrows."""

import math

from minirnn.course.checks import Wrong, close, equal, kind, points, same_type, true, unchanged

ROUGH = 1e-2  # so that what is nearly the right length loses the points of one rung only
SHORT = [({"W": [0.3, -0.4], "b": [0.2]}, 0.9), ({"W": [0.9, -1.2], "b": [0.2]}, 2.0)]
EXAMPLE = {"W": [3.0, 0.0], "b": [0.0, -4.0]}


def probe(rng):
    long = [(_gradients(rng), max_norm) for max_norm in (2.0, 0.7, 3.5)]
    return [*long, (_gradients(rng), 1000.0), *SHORT, (EXAMPLE, 2.5)]


def oracle(gradients, max_norm):
    # math.hypot of everything; the shorter of the arrow and the arrow of length max_norm.
    shrink = max(1.0, math.hypot(*(g for name in gradients for g in gradients[name])) / max_norm)
    return {name: [g / shrink for g in numbers] for name, numbers in gradients.items()}


def _gradients(rng):
    # Each list alone is longer than 2; one entry of U stays below.
    def numbers(count):
        return [rng.choice([-1, 1]) * rng.uniform(1.5, 4.0) for _ in range(count)]

    return {"W": numbers(5), "U": [0.5, *numbers(3)], "b": numbers(2)}


def _compare(got, gradients, max_norm, of="", tolerance=ROUGH):
    same_type(got, "dict")
    for name, expected in oracle(gradients, max_norm).items():
        true(name in got, f"The dictionary has no name {name!r}.")
        close(got[name], expected, tolerance, what=f"the clipped gradient of {name}{of}")


def _is_the_same_dictionary(function, gradients, max_norm):
    return function(gradients, max_norm) is gradients


@points(1)
def test_names(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (2.0, 1000.0):
        got = learner(gradients, max_norm)
        same_type(got, "dict")
        equal(sorted(map(str, got)), ["U", "W", "b"], what="the list of names in the dictionary")
        for name, numbers in gradients.items():
            have = kind(got[name])
            true(
                have == "list", f"What the dictionary holds for {name!r} is no list, but of the type {have}."
            )
            equal(len(got[name]), len(numbers), what=f"the number of numbers in {name}")


@points(1)
def test_example(learner):
    _compare(learner(EXAMPLE, 2.5), EXAMPLE, 2.5, of=" in the example")


@points(2)
def test_long_gradients(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (0.5, 2.0, 4.0):
        _compare(learner(gradients, max_norm), gradients, max_norm, of=f" for max_norm = {max_norm}")


@points(3)
def test_short_gradients(learner, rng):
    # Nothing to do: every number must come back as it was.
    for gradients, max_norm in ((_gradients(rng), 1000.0), *SHORT):
        _compare(learner(gradients, max_norm), gradients, max_norm, ", which was short enough,", 1e-9)


@points(1)
def test_exact_length(learner, rng):
    tiny = {name: [g / 1000 for g in numbers] for name, numbers in _gradients(rng).items()}
    for gradients, max_norm in ((_gradients(rng), 2.0), (tiny, 0.002), SHORT[0]):
        got = learner(gradients, max_norm)
        same_type(got, "dict")
        if gradients is not SHORT[0][0] and all(isinstance(g, list) for g in got.values()):
            length = math.hypot(*(g for numbers in got.values() for g in numbers))
            true(
                not 1e-9 < abs(length / max_norm - 1) < 0.02,
                f"The length after clipping is {length:.12g}, expected max_norm = {max_norm} exactly. "
                "Multiply once, by max_norm / length: add nothing to the length, and round nothing.",
            )
        _compare(got, gradients, max_norm, tolerance=1e-9)


@points(1)
def test_zero(learner):
    zeros = {"W": [0.0, 0.0, 0.0], "b": [0.0], "none": []}
    try:
        got = learner(zeros, 1.0)
    except Wrong as wrong:
        if wrong.kind != "raised":
            raise
        advice = (
            "All numbers may be 0, and a list may be empty. The length is then 0: look before you divide."
        )
        raise Wrong(f"{wrong.message.rstrip('.')}. {advice}", kind=wrong.kind, where=wrong.where) from None
    _compare(got, zeros, 1.0, of=", which was zero,")


@points(1)
def test_new_dictionary(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (1.5, 1000.0):
        _compare(learner(gradients, max_norm), gradients, max_norm)
        same = learner.drive(_is_the_same_dictionary, gradients, max_norm)
        true(not same, "Your function returned the very dictionary that it was given. Expected a new one.")
    learner(gradients, 1.5)
    unchanged(learner)


@points(1, graded=True)
def test_other_names(learner, rng):
    gradients = {"gate": [rng.uniform(1, 3) for _ in range(7)], "e": [rng.uniform(1, 3)], "none": []}
    for max_norm in (1.0, 1.5):
        _compare(learner(gradients, max_norm), gradients, max_norm, tolerance=1e-9)
