"""rnn_unroll: the state handed from step to step, for each sequence of the batch."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true, unchanged

ROUGH = 1e-3  # so that float32 inside and rounded states lose the points of one rung only
NAMES = "(batch, time, d_hidden)"
EXAMPLE = tuple(np.array(array, dtype=float) for array in ([[[1], [0], [0]]], [[0]], [[0.5]], [[1]], [0]))


def probe(rng):
    # As many sequences as steps, so that swapped axes give a result and not an error.
    return [_arguments(rng, *sizes) for sizes in ((3, 3, 2, 3), (2, 4, 3, 3), (1, 4, 2, 2))]


def oracle(x, h0, W, U, b):
    # Number by number, with Python's own floats.
    batch, time, d_in = x.shape
    states = np.zeros((batch, time, len(b)))
    for n in range(batch):
        before = [float(value) for value in h0[n]]
        for t in range(time):
            now = []
            for i in range(len(b)):
                z = float(b[i]) + math.fsum(float(W[i, j]) * before[j] for j in range(len(b)))
                now.append(math.tanh(z + math.fsum(float(U[i, j] * x[n, t, j]) for j in range(d_in))))
            states[n, t] = before = now
    return states


def _arguments(rng, batch, time, d_in, d_hidden):
    shapes = [(batch, time, d_in), (batch, d_hidden), (d_hidden, d_hidden), (d_hidden, d_in), (d_hidden,)]
    # At least 0.2 from 0, so that nothing can be left out unnoticed.
    return tuple(rng.uniform(0.2, 0.9, shape) * rng.choice([-1, 1], shape) for shape in shapes)


def _check(got, arguments, what, tolerance=ROUGH):
    expected = oracle(*arguments)
    got = got[0] if isinstance(got, tuple) and got else got
    got = np.array(got) if isinstance(got, list) else got
    shape = tuple(getattr(got, "shape", ()))
    if shape != expected.shape and shape == expected.swapaxes(0, 1).shape:
        got = got.swapaxes(0, 1)  # of which test_shape has spoken
    close(got, expected, tolerance, time=1, what=what)


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 2, 3))
    same_type(got, "array")
    said = {
        (2, 5, 3): "That is one step too many: is h0 among them? We want the states after each step.",
        (4, 2, 3): "That is (time, batch, d_hidden): the batch comes first, as in x.",
        (2, 3): "That is one state for each sequence: return those of all steps.",
    }
    shape = tuple(got.shape)
    true(shape not in said, f"The shape is {shape}, expected (2, 4, 3) = {NAMES}. {said.get(shape)}")
    same_shape(got, (2, 4, 3), NAMES)


@points(1)
def test_first_step(learner, rng):
    # Nothing in mind, and only the first step.
    x, h0, W, U, b = _arguments(rng, 2, 1, 3, 3)
    for start, what in ((0 * b, "when h0 and b are 0"), (b, "when h0 is 0")):
        arguments = x, 0 * h0, W, U, start
        _check(learner(*arguments), arguments, f"the state after one step {what}")


@points(1)
def test_start_state(learner, rng):
    # W is diagonal, so that it does not matter here which way round it works.
    x, h0, W, U, b = _arguments(rng, 2, 2, 3, 3)
    arguments = x, h0, np.diag(W.diagonal()), U, b
    _check(learner(*arguments), arguments, "the state after two steps from h0")


@points(2)
def test_whole_sequence(learner, rng):
    _check(learner(*EXAMPLE), EXAMPLE, "the state h of the example")
    arguments = _arguments(rng, 1, 6, 2, 3)
    _check(learner(*arguments), arguments, "the state h of one sequence")


@points(2)
def test_batch(learner, rng):
    for batch, time in ((3, 3), (2, 5), (4, 1)):
        arguments = _arguments(rng, batch, time, 3, 2)
        _check(learner(*arguments), arguments, f"the state h of {batch} sequences")


@points(1)
def test_dtype(learner, rng):
    arguments = _arguments(rng, 2, 3, 2, 4)
    same_dtype(learner(*arguments), "float64")
    small = [array.astype(np.float32) for array in arguments]
    got = learner(*small)
    same_dtype(got, "float32")
    _check(got, arguments, "the state h in float32")


@points(1)
def test_all_digits(learner, rng):
    x, h0, W, U, b = _arguments(rng, 2, 5, 3, 3)
    arguments = x, h0, 0.4 * W, U, b  # weak enough that rounding errors fade
    got, expected = learner(*arguments), oracle(*arguments)
    off = float(abs(got - expected).max()) if getattr(got, "shape", ()) == expected.shape else 0.0
    true(
        not 1e-9 < off < 1e-5,
        "The states agree in about seven digits only, as float32 has: all arrays are float64, so stay in "
        "float64 all the way.",
    )
    _check(got, arguments, "the state h, with all its digits,", 1e-9)
    unchanged(learner)


@points(2, graded=True)
def test_two_parts(learner, rng):
    # Reading in two parts, with the state handed on, is the same as reading at once.
    x, h0, W, U, b = _arguments(rng, 2, 7, 3, 3)
    _check(learner(x, h0, W, U, b), (x, h0, W, U, b), "the state h")
    first = learner(x[:, :4], h0, W, U, b)
    _check(first, (x[:, :4], h0, W, U, b), "the state h of the first part")
    second = x[:, 4:], np.array(first[:, -1]), W, U, b
    _check(learner(*second), second, "the state h of the second part")


@points(1, graded=True)
def test_long(learner, rng):
    x, h0, W, U, b = _arguments(rng, 2, 300, 2, 4)
    # Weak enough that rounding errors fade.
    arguments = (x, h0, 0.4 * W, U, b)
    _check(learner(*arguments), arguments, "the state h over 300 steps")
