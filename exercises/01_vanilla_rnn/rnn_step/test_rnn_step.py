"""rnn_step: tanh(W h + U x + b) for every row of the batch."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true, unchanged

ROUGH = 1e-4  # so that float32 inside and rounded numbers lose the points of one rung only
EXAMPLE = tuple(
    np.array(array, dtype=float)
    for array in (
        [[1, 0], [0, 1]],
        [[0.5, 0], [0, 0.5]],
        [[0, 2], [1, 0]],
        [[1, 0], [1, 1]],
        [0, -1],
    )
)
OTHER_SIZES = ((4, 2, 3), (1, 5, 2), (2, 1, 4), (5, 3, 1))


def probe(rng):
    # Square, so that a matrix the wrong way round gives a result and not an error.
    return [_arguments(rng, 3, 3, 3), *(_arguments(rng, *sizes) for sizes in OTHER_SIZES[:2])]


def oracle(x_t, h, W, U, b):
    # Number by number, with Python's own floats.
    rows = []
    for x, before in zip(x_t.tolist(), h.tolist(), strict=True):
        row = []
        for i, push in enumerate(b.tolist()):
            z = float(push) + sum(float(W[i, j]) * before[j] for j in range(len(before)))
            row.append(math.tanh(z + sum(U[i, j] * x[j] for j in range(len(x)))))
        rows.append(row)
    return np.array(rows)


def _arguments(rng, batch, d_in, d_hidden):
    shapes = [(batch, d_in), (batch, d_hidden), (d_hidden, d_hidden), (d_hidden, d_in), (d_hidden,)]
    # At least 0.2 from 0, so that no part can be left out unnoticed.
    return tuple(rng.uniform(0.2, 0.9, shape) * rng.choice([-1, 1], shape) for shape in shapes)


def _parts(rng):
    """What is called, and a name for it: one part of the sum after the other, then all of them."""
    x_t, h, W, U, b = _arguments(rng, 2, 3, 3)
    return {
        "input": (x_t, 0 * h, W, U, 0 * b),
        "state": (0 * x_t, h, W, U, 0 * b),
        "b": (0 * x_t, 0 * h, W, U, b),
        "all": (x_t, h, W, U, b),
    }


def _check(got, arguments, what, tolerance=ROUGH):
    expected = oracle(*arguments)
    got = np.array(got) if isinstance(got, list) else got
    shape = tuple(getattr(got, "shape", ()))
    if shape != expected.shape and shape == expected.shape[::-1]:
        got = got.T  # of which test_shape has spoken
    close(got, expected, tolerance, what=what)


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 3))
    same_type(got, "array")
    true(
        tuple(got.shape) != (3, 2),
        "The shape is (3, 2) = (d_hidden, batch), expected (2, 3) = (batch, d_hidden): a sequence is a row.",
    )
    same_shape(got, (2, 3), "(batch, d_hidden)")


@points(1)
def test_input_alone(learner, rng):
    arguments = _parts(rng)["input"]
    _check(learner(*arguments), arguments, "the new state when h and b are 0 and x_t is not")


@points(1)
def test_state_alone(learner, rng):
    arguments = _parts(rng)["state"]
    _check(learner(*arguments), arguments, "the new state when x_t and b are 0 and h is not")


@points(1)
def test_batch(learner, rng):
    parts = _parts(rng)
    _check(learner(*parts["b"]), parts["b"], "the new state when x_t and h are 0 and b is not")
    _check(learner(*parts["all"]), parts["all"], "the new state, batch = 2, d_in = d_hidden = 3")


@points(1)
def test_example(learner):
    _check(learner(*EXAMPLE), EXAMPLE, "the new state of the example")


@points(1)
def test_other_sizes(learner, rng):
    for sizes in OTHER_SIZES:
        arguments = _arguments(rng, *sizes)
        names = ", ".join(map("{} = {}".format, ("batch", "d_in", "d_hidden"), sizes))
        _check(learner(*arguments), arguments, f"the new state, {names}")


@points(1)
def test_all_digits(learner, rng):
    arguments = _parts(rng)["input"]
    got, expected = learner(*arguments), oracle(*arguments)
    if hasattr(got, "dtype"):
        same_dtype(got, "float64")
    off = float(abs(got - expected).max()) if getattr(got, "shape", ()) == expected.shape else 0.0
    true(
        not 1e-9 < off < 1e-6,
        "The new state agrees in about seven digits only, as float32 has: all arrays are float64, so stay in "
        "float64 all the way.",
    )
    _check(got, arguments, "the new state, with all its digits,", 1e-9)


@points(1)
def test_large_sums(learner, rng):
    # However large the input, the state stays between -1 and 1.
    x_t, h, W, U, b = _arguments(rng, 2, 3, 3)
    arguments = 1e4 * x_t, h, W, U, b
    got = learner(*arguments)
    true(
        not hasattr(got, "dtype") or bool(np.isfinite(got).all()),
        "There is nan in the new state for sums in the thousands. If you write tanh yourself: exp of a large "
        "number is infinite, and infinity by infinity is nan. np.tanh has no such trouble.",
    )
    _check(got, arguments, "the new state for sums in the thousands")
    unchanged(learner)


@points(1, graded=True)
def test_float32(learner, rng):
    arguments = _arguments(rng, 3, 4, 2)
    got = learner(*(array.astype(np.float32) for array in arguments))
    _check(got, arguments, "the new state in float32")
