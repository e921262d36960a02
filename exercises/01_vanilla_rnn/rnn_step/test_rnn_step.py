"""rnn_step: tanh(W h + U x + b) for every row of the batch."""

import math

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, unchanged

TOLERANCE = 1e-5  # float32 inside is good enough
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


def probe(rng):
    # Square, so that a matrix the wrong way round gives a result and not an error.
    return [EXAMPLE, _arguments(rng, 3, 3, 3)]


def oracle(x_t, h, W, U, b):
    # Number by number, with Python's own floats.
    rows = []
    for x, before in zip(x_t.tolist(), h.tolist(), strict=True):
        row = []
        for i, push in enumerate(b.tolist()):
            z = push + sum(W[i, j] * before[j] for j in range(len(before)))
            row.append(math.tanh(z + sum(U[i, j] * x[j] for j in range(len(x)))))
        rows.append(row)
    return np.array(rows)


def _arguments(rng, batch, d_in, d_hidden):
    shapes = [(batch, d_in), (batch, d_hidden), (d_hidden, d_hidden), (d_hidden, d_in), (d_hidden,)]
    # At least 0.2 from 0, so that no part can be left out unnoticed.
    return tuple(rng.uniform(0.2, 0.9, shape) * rng.choice([-1, 1], shape) for shape in shapes)


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 3, 3, 3))
    same_type(got, "array")
    same_shape(got, (3, 3), "(batch, d_hidden)")
    finite(got)


@points(2)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), TOLERANCE, what="the new state of the example")


@points(2)
def test_batch(learner, rng):
    arguments = _arguments(rng, 3, 3, 3)
    close(
        learner(*arguments), oracle(*arguments), TOLERANCE, what="the new state, batch = d_in = d_hidden = 3"
    )
    unchanged(learner)


@points(1)
def test_other_sizes(learner, rng):
    for batch, d_in, d_hidden in ((4, 2, 3), (1, 5, 2), (2, 1, 4)):
        arguments = _arguments(rng, batch, d_in, d_hidden)
        got = learner(*arguments)
        same_shape(got, (batch, d_hidden), "(batch, d_hidden)")
        sizes = f"batch = {batch}, d_in = {d_in}, d_hidden = {d_hidden}"
        close(got, oracle(*arguments), TOLERANCE, what=f"the new state, {sizes}")


@points(1)
def test_dtype(learner, rng):
    arguments = _arguments(rng, 2, 3, 4)
    got = learner(*arguments)
    same_dtype(got, "float64")
    got = learner(*(array.astype(np.float32) for array in arguments))
    same_dtype(got, "float32")
    close(got, oracle(*arguments), TOLERANCE, what="the new state in float32")


@points(1, graded=True)
def test_saturated(learner, rng):
    # However large the input, the state stays between -1 and 1.
    x_t, h, W, U, b = _arguments(rng, 2, 3, 3)
    got = learner(1e4 * x_t, h, W, U, b)
    finite(got)
    close(got, oracle(1e4 * x_t, h, W, U, b), TOLERANCE, what="the new state for very large inputs")
