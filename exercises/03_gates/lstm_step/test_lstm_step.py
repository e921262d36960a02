"""lstm_step: number by number, with Python's own floats."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true, unchanged

EXAMPLE = tuple(
    np.array(array, dtype=float) for array in ([[1]], [[0.5]], [[2]], [[0]] * 4, [[0]] * 4, [0, 2, -1, 1])
)
NAMES = "the new h", "the new c"


def probe(rng):
    return [_arguments(rng, 3, 3, 3), _arguments(rng, 1, 5, 2), _arguments(rng, 2, 1, 4)]


def _squash(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def oracle(x_t, h, c, W, U, b):
    d = h.shape[1]
    new_h, new_c = np.zeros_like(h), np.zeros_like(c)
    for row in range(len(h)):
        for j in range(d):
            sums = []
            for block in range(4):
                k = block * d + j
                from_h = sum(float(W[k, m]) * float(h[row, m]) for m in range(d))
                from_x = sum(float(U[k, m]) * float(x_t[row, m]) for m in range(x_t.shape[1]))
                sums.append(from_h + from_x + float(b[k]))
            write, keep, show = _squash(sums[0]), _squash(sums[1]), _squash(sums[3])
            new_c[row, j] = keep * float(c[row, j]) + write * math.tanh(sums[2])
            new_h[row, j] = show * math.tanh(new_c[row, j])
    return new_h, new_c


def _arguments(rng, batch, d_in, d):
    def draw(*shape):  # at least 0.2 from 0, so that no part can be left out unnoticed
        return rng.uniform(0.2, 1.2, shape) * rng.choice([-1, 1], shape)

    return draw(batch, d_in), draw(batch, d), draw(batch, d), draw(4 * d, d), draw(4 * d, d_in), draw(4 * d)


def _two(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "Return two arrays, the new h and the new c: `return h, c`.",
    )
    return got


def _check(learner, arguments, what, parts=(1, 0)):
    got, right = _two(learner(*arguments)), oracle(*arguments)
    for part in parts:
        close(got[part], right[part], what=f"{NAMES[part]}, {what},")


@points(1)
def test_shapes(learner, rng):
    got = _two(learner(*_arguments(rng, 2, 4, 3)))
    for part in got:
        same_type(part, "array")
        same_shape(part, (2, 3), "(batch, d_hidden)")
        same_dtype(part, "float64")


@points(2)
def test_cell(learner, rng):
    """The cell with biases alone: first what is written, then what is kept."""
    x_t, h, c, W, U, b = _arguments(rng, 1, 1, 1)
    _check(learner, (x_t, h, 0 * c, 0 * W, 0 * U, b), "from an empty cell and with biases alone", parts=(1,))
    _check(learner, (x_t, h, c, 0 * W, 0 * U, b), "with biases alone", parts=(1,))


@points(1)
def test_shown(learner, rng):
    """What is shown of the cell."""
    _check(learner, EXAMPLE, "of the example")
    x_t, h, c, W, U, b = _arguments(rng, 2, 2, 3)
    _check(learner, (x_t, h, c, 0 * W, 0 * U, b), "with biases alone")


@points(1)
def test_input(learner, rng):
    x_t, h, c, W, U, b = _arguments(rng, 3, 3, 3)
    _check(learner, (x_t, 0 * h, c, W, U, 0 * b), "when h and b are 0")


@points(1)
def test_state(learner, rng):
    x_t, h, c, W, U, b = _arguments(rng, 3, 3, 3)
    _check(learner, (0 * x_t, h, c, W, U, 0 * b), "when x_t and b are 0")


@points(1)
def test_all_together(learner, rng):
    for sizes in ((3, 3, 3), (4, 2, 3), (1, 5, 2), (2, 1, 1)):
        names = ", ".join(map("{} = {}".format, ("batch", "d_in", "d_hidden"), sizes))
        _check(learner, _arguments(rng, *sizes), names)


@points(1)
def test_large_sums(learner, rng):
    """Gates that are wide open or shut, and a cell that is far from 0."""
    x_t, h, c, W, U, b = _arguments(rng, 2, 3, 2)
    _check(learner, (x_t, h, 40 * c, 300 * W, 300 * U, b), "with large weights")


@points(1)
def test_arguments_stay(learner, rng):
    learner(*_arguments(rng, 2, 2, 3))
    unchanged(learner)


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(5):
        sizes = [int(n) for n in rng.integers(1, 6, 3)]
        _check(learner, _arguments(rng, *sizes), "with other numbers")
