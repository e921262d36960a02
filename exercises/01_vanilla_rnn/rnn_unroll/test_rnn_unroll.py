"""rnn_unroll: the state handed from step to step, for each sequence of the batch."""

import math

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, unchanged

TOLERANCE = 1e-5  # float32 inside is good enough
NAMES = "(batch, time, d_hidden)"
EXAMPLE = tuple(np.array(array, dtype=float) for array in ([[[1], [0], [0]]], [[0]], [[0.5]], [[1]], [0]))


def probe(rng):
    # As many sequences as steps, so that swapped axes give a result and not an error.
    return [EXAMPLE, _arguments(rng, 3, 3, 2, 3), _arguments(rng, 1, 4, 2, 2)]


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


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 3, 3, 2, 3))
    same_type(got, "array")
    same_shape(got, (3, 3, 3), NAMES)
    finite(got)


@points(1)
def test_first_step(learner, rng):
    arguments = _arguments(rng, 3, 3, 2, 3)
    got = learner(*arguments)
    same_shape(got, (3, 3, 3), NAMES)
    close(got, oracle(*arguments), TOLERANCE, time=1, steps=1, what="the state h")


@points(3)
def test_whole_sequence(learner, rng):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), TOLERANCE, time=1, what="the state h of the example")
    arguments = _arguments(rng, 1, 6, 2, 3)
    close(learner(*arguments), oracle(*arguments), TOLERANCE, time=1, what="the state h of one sequence")


@points(2)
def test_batch(learner, rng):
    for batch, time in ((3, 3), (2, 5), (4, 1)):
        arguments = _arguments(rng, batch, time, 3, 2)
        got = learner(*arguments)
        same_shape(got, (batch, time, 2), NAMES)
        close(got, oracle(*arguments), TOLERANCE, time=1, what=f"the state h of {batch} sequences")
    unchanged(learner)


@points(1)
def test_dtype(learner, rng):
    arguments = _arguments(rng, 2, 3, 2, 4)
    same_dtype(learner(*arguments), "float64")
    got = learner(*(array.astype(np.float32) for array in arguments))
    same_dtype(got, "float32")
    close(got, oracle(*arguments), TOLERANCE, time=1, what="the state h in float32")


@points(2, graded=True)
def test_two_parts(learner, rng):
    # Reading in two parts, with the state handed on, is the same as reading at once.
    x, h0, W, U, b = _arguments(rng, 2, 7, 3, 3)
    expected = oracle(x, h0, W, U, b)
    first = learner(x[:, :4], h0, W, U, b)
    same_shape(first, (2, 4, 3), NAMES)
    close(first, expected[:, :4], TOLERANCE, time=1, what="the state h of the first part")
    second = learner(x[:, 4:], first[:, -1], W, U, b)
    same_shape(second, (2, 3, 3), NAMES)
    close(second, expected[:, 4:], TOLERANCE, time=1, what="the state h of the second part")


@points(1, graded=True)
def test_long(learner, rng):
    x, h0, W, U, b = _arguments(rng, 2, 60, 2, 4)
    # Weak enough that rounding errors fade.
    arguments = (x, h0, 0.4 * W, U, b)
    close(learner(*arguments), oracle(*arguments), TOLERANCE, time=1, what="the state h over 60 steps")
