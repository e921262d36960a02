"""gru_step: number by number, with Python's own floats."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, unchanged

EXAMPLE = tuple(
    np.array(array, dtype=float)
    for array in ([[1]], [[0.5]], [[0], [0], [2]], [[0]] * 3, [0, 1, 0.3], [0, 0, -0.4])
)


def probe(rng):
    return [_arguments(rng, 3, 3, 3), _arguments(rng, 1, 5, 2), _arguments(rng, 2, 1, 4)]


def _squash(z):
    return 1 / (1 + math.exp(-z)) if z > 0 else math.exp(z) / (1 + math.exp(z))


def oracle(x_t, h, W, U, b, b_state):
    d, rows = h.shape[1], []
    for x, before in zip(x_t.tolist(), h.tolist(), strict=True):
        row = []
        for j in range(d):
            read = [
                sum(u * v for u, v in zip(U[k].tolist(), x, strict=True)) + float(b[k])
                for k in (j, d + j, 2 * d + j)
            ]
            back = [
                sum(w * v for w, v in zip(W[k].tolist(), before, strict=True)) + float(b_state[k])
                for k in (j, d + j, 2 * d + j)
            ]
            reset, keep = (_squash(read[k] + back[k]) for k in (0, 1))
            candidate = math.tanh(read[2] + reset * back[2])
            row.append(candidate + keep * (before[j] - candidate))
        rows.append(row)
    return np.array(rows)


def _arguments(rng, batch, d_in, d):
    def draw(*shape):  # at least 0.2 from 0, so that no part can be left out unnoticed
        return rng.uniform(0.2, 1.0, shape) * rng.choice([-1, 1], shape)

    return draw(batch, d_in), draw(batch, d), draw(3 * d, d), draw(3 * d, d_in), draw(3 * d), draw(3 * d)


def _check(learner, arguments, what):
    close(learner(*arguments), oracle(*arguments), what=f"the new h, {what},")


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 3))
    same_type(got, "array")
    same_shape(got, (2, 3), "(batch, d_hidden)")
    same_dtype(got, "float64")


@points(1)
def test_mix(learner, rng):
    """With biases of the input alone: the mix of candidate and old state."""
    x_t, h, W, U, b, b_state = _arguments(rng, 2, 2, 3)
    _check(learner, (x_t, h, 0 * W, 0 * U, b, 0 * b_state), "with b alone")


@points(1)
def test_input(learner, rng):
    x_t, h, W, U, b, b_state = _arguments(rng, 3, 3, 3)
    _check(learner, (x_t, h, 0 * W, U, b, 0 * b_state), "when W and b_state are 0")


@points(2)
def test_reset(learner, rng):
    """What the reset gate multiplies."""
    x_t, h, W, U, b, b_state = _arguments(rng, 2, 2, 3)
    _check(learner, (x_t, h, W, U, b, 0 * b_state), "when b_state is 0")
    _check(learner, (x_t, h, W, U, b, b_state), "with all of it")


@points(1)
def test_example(learner):
    _check(learner, EXAMPLE, "of the example")


@points(1)
def test_other_sizes(learner, rng):
    for sizes in ((4, 2, 3), (1, 5, 2), (2, 1, 1), (5, 3, 4)):
        names = ", ".join(map("{} = {}".format, ("batch", "d_in", "d_hidden"), sizes))
        arguments = _arguments(rng, *sizes)
        _check(learner, arguments, names)
        unchanged(learner)


@points(1)
def test_large_sums(learner, rng):
    x_t, h, W, U, b, b_state = _arguments(rng, 2, 3, 2)
    _check(learner, (x_t, h, 400 * W, 400 * U, b, b_state), "with large weights")


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(5):
        sizes = [int(n) for n in rng.integers(1, 6, 3)]
        _check(learner, _arguments(rng, *sizes), "with other numbers")
