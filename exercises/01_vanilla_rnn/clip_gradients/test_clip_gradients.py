"""clip_gradients: one norm, one factor, and nothing at all for short gradients."""

import math

import numpy as np

from minirnn.course.checks import (
    Wrong,
    close,
    equal,
    points,
    same_dtype,
    same_shape,
    same_type,
    true,
    unchanged,
)

ROUGH = 1e-2  # so that what is nearly the right norm loses the points of one rung only
SHORT = [
    ({"W": np.array([[0.3, -0.4]]), "b": np.array([0.2])}, 0.9),
    ({"W": np.array([[0.9], [-1.2]]), "b": np.array([0.2])}, 2.0),
]
EXAMPLE = {"W": np.array([[3.0, 0.0], [0.0, 0.0]]), "b": np.array([0.0, -4.0])}


def probe(rng):
    long = [(_gradients(rng), max_norm) for max_norm in (2.0, 0.7, 3.5)]
    return [*long, (_gradients(rng), 1000.0), *SHORT, (EXAMPLE, 2.5)]


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


def _compare(got, gradients, max_norm, of="", tolerance=ROUGH):
    same_type(got, "dict")
    for name, expected in oracle(gradients, max_norm).items():
        true(name in got, f"The dictionary has no name {name!r}.")
        array = np.array(got[name]) if isinstance(got[name], list) else got[name]
        if getattr(array, "size", 0) == expected.size:
            array = array.reshape(expected.shape)  # of which test_shape has spoken
        close(array, expected, tolerance, what=f"the clipped gradient of {name}{of}")


def _is_the_same_dictionary(function, gradients, max_norm):
    return function(gradients, max_norm) is gradients


@points(1)
def test_shape(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (2.0, 1000.0):
        got = learner(gradients, max_norm)
        same_type(got, "dict")
        equal(sorted(map(str, got)), ["U", "W", "b"], what="the list of names in the dictionary")
        for name, g in gradients.items():
            same_type(got[name], "array")
            same_shape(got[name], g.shape, f"the shape of {name}")


@points(1)
def test_example(learner):
    _compare(learner(EXAMPLE, 2.5), EXAMPLE, 2.5, of=" in the example")


@points(2)
def test_long_gradients(learner, rng):
    gradients = _gradients(rng)
    for max_norm in (0.5, 2.0, 5.0):
        _compare(learner(gradients, max_norm), gradients, max_norm, of=f" for max_norm = {max_norm}")
    three_axes = {"gate": rng.uniform(1, 3, (2, 3, 2)), "e": rng.uniform(1, 3, 5)}
    _compare(learner(three_axes, 1.5), three_axes, 1.5, of=" beside an array with three axes")


@points(3)
def test_short_gradients(learner, rng):
    # Nothing to do: every number must come back as it was.
    for gradients, max_norm in ((_gradients(rng), 1000.0), *SHORT):
        _compare(learner(gradients, max_norm), gradients, max_norm, ", which was short enough,", 1e-9)


@points(1)
def test_exact_norm(learner, rng):
    tiny = {name: g / 1000 for name, g in _gradients(rng).items()}
    for gradients, max_norm in ((_gradients(rng), 2.0), (tiny, 0.002), SHORT[0]):
        got = learner(gradients, max_norm)
        same_type(got, "dict")
        if gradients is not SHORT[0][0] and all(hasattr(g, "shape") for g in got.values()):
            norm = math.sqrt(math.fsum(float(number) ** 2 for g in got.values() for number in np.ravel(g)))
            true(
                not 1e-9 < abs(norm / max_norm - 1) < 0.02,
                f"The norm after clipping is {norm:.12g}, expected max_norm = {max_norm} exactly. Multiply "
                "once, by max_norm / norm, in float64: add nothing to the norm, and round nothing.",
            )
        _compare(got, gradients, max_norm, tolerance=1e-9)


@points(1)
def test_zero(learner):
    zeros = {"W": np.zeros((2, 2)), "b": np.zeros(2)}
    advice = "All numbers may be 0. The norm is then 0: look before you divide."
    try:
        got = learner(zeros, 1.0)
    except Wrong as wrong:
        if wrong.kind != "raised":
            raise
        raise Wrong(f"{wrong.message.rstrip('.')}. {advice}", kind=wrong.kind, where=wrong.where) from None
    same_type(got, "dict")
    for g in got.values():
        bad = hasattr(g, "shape") and not np.isfinite(g).all()
        true(not bad, f"There is nan in the clipped gradient when all numbers are 0. {advice}")
    _compare(got, zeros, 1.0, of=", which was zero,")


@points(1)
def test_dtype_and_new_dictionary(learner, rng):
    gradients = _gradients(rng)
    small = {name: g.astype(np.float32) for name, g in gradients.items()}
    for max_norm in (1.5, 1000.0):
        got = learner(small, max_norm)
        same_type(got, "dict")
        for name in gradients:
            same_dtype(got.get(name), "float32")
        _compare(got, gradients, max_norm, of=" in float32")
        same = learner.drive(_is_the_same_dictionary, gradients, max_norm)
        true(not same, "Your function returned the very dictionary that it was given. Expected a new one.")
    learner(gradients, 1.5)
    unchanged(learner)


@points(1, graded=True)
def test_direction(learner, rng):
    # One factor for all numbers: their ratios stay.
    gradients = _gradients(rng)
    got = learner(gradients, 1.0)
    _compare(got, gradients, 1.0)
    ratios = np.concatenate([(got[name] / g).ravel() for name, g in gradients.items()])
    close(ratios, np.full(len(ratios), ratios[0]), what="the factor of each number")


@points(1, graded=True)
def test_other_names_and_shapes(learner, rng):
    gradients = {
        "gate": rng.uniform(1, 3, (2, 3, 2)),
        "output": np.array(2.0)[None],
        "e": np.ones((1, 1, 1, 2)),
    }
    for max_norm in (1.5, 100.0):
        _compare(learner(gradients, max_norm), gradients, max_norm, tolerance=1e-9)
