"""causal_conv: output by output, with a function that looks up one step."""

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true, unchanged


def _column(*numbers):
    return np.array(numbers, dtype=float)[None, :, None]


WEIGHT = np.array([[1.0], [10.0], [100.0]])
EXAMPLE = (_column(1, 2, 3, 4), _column(7, 8), WEIGHT, np.zeros(1))
NEXT = (_column(5), _column(3, 4), WEIGHT, np.zeros(1))


def _arguments(rng, batch, time, dim, width):
    def draw(*shape):  # at least 0.3 from 0, so that no part can be left out unnoticed
        return rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape)

    return draw(batch, time, dim), draw(batch, width - 1, dim), draw(width, dim), draw(dim)


def probe(rng):
    return [
        _arguments(rng, 2, 6, 3, 4),
        _arguments(rng, 3, 2, 4, 4),
        _arguments(rng, 2, 1, 2, 4),
        _arguments(rng, 2, 5, 3, 1),
        EXAMPLE,
    ]


def oracle(x, tail, weight, bias):
    batch, seq_len, dim = x.shape
    back = tail.shape[1]

    def at(i, t, d):
        return float(x[i, t, d]) if t >= 0 else float(tail[i, back + t, d])

    y = np.zeros(x.shape)
    for i, t, d in np.ndindex(x.shape):
        y[i, t, d] = bias[d] + sum(float(weight[back - j, d]) * at(i, t - j, d) for j in range(back + 1))
    new = [[[at(i, t, d) for d in range(dim)] for t in range(seq_len - back, seq_len)] for i in range(batch)]
    return y, np.array(new).reshape(batch, back, dim)


def _two(learner, arguments):
    got = learner(*arguments)
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} things, expected two: y and the new tail.")
    for each in got:
        same_type(each, "array")
    return got


def _check(learner, arguments, what, part="both"):
    (y, tail), (right_y, right_tail) = _two(learner, arguments), oracle(*arguments)
    if part in ("y", "both"):
        close(y, right_y, time=1, what=f"y {what}")
    if part in ("tail", "both"):
        width = len(arguments[2])
        same_shape(tail, right_tail.shape, f"(batch, width - 1, dim), the tail for width {width}")
        close(tail, right_tail, what=f"the new tail, {what},")


@points(1)
def test_form(learner, rng):
    y, tail = _two(learner, _arguments(rng, 2, 6, 3, 4))
    same_shape(y, (2, 6, 3), "(batch, time, dim)")
    same_shape(tail, (2, 3, 3), "(batch, width - 1, dim)")
    same_dtype(y, "float64")
    same_dtype(tail, "float64")


@points(1)
def test_empty_past(learner, rng):
    """A text that begins here: the tail is zeros."""
    x, tail, weight, bias = _arguments(rng, 2, 6, 3, 4)
    _check(learner, (x, 0 * tail, weight, bias), "after a tail of zeros", "y")


@points(1)
def test_tail_used(learner, rng):
    """The steps before the first one are in the tail."""
    _check(learner, EXAMPLE, "of the example", "y")
    _check(learner, _arguments(rng, 2, 6, 3, 4), "after a tail", "y")


@points(1)
def test_tail_made(learner, rng):
    """The tail for the next piece."""
    _check(learner, EXAMPLE, "of the example", "tail")
    _check(learner, _arguments(rng, 2, 6, 3, 4), "of a long piece")


@points(2)
def test_short_pieces(learner, rng):
    """Pieces that are shorter than the tail."""
    _check(learner, NEXT, "of the example's second piece")
    for time in (1, 2, 3):
        word = "one step" if time == 1 else f"{time} steps"
        _check(learner, _arguments(rng, 2, time, 3, 4), f"for a piece of {word} and width 4")


@points(1)
def test_other_widths(learner, rng):
    for width in (1, 2, 5):
        _check(learner, _arguments(rng, 3, 4, 2, width), f"for width {width}")


@points(1)
def test_pieces(learner, rng):
    """Cut anywhere, with the tail handed on, it is the same."""
    x, tail, weight, bias = arguments = _arguments(rng, 2, 7, 3, 4)
    whole, _ = oracle(*arguments)
    for cuts in ((0, 3, 7), (0, 1, 2, 7), (0, 6, 7)):
        carried, outputs = tail, []
        for begin, end in zip(cuts[:-1], cuts[1:], strict=True):
            y, carried = _two(learner, (x[:, begin:end], carried, weight, bias))
            carried = np.asarray(carried)
            same_shape(carried, tail.shape, "(batch, width - 1, dim)")
            outputs.append(np.asarray(y))
        sizes = " and ".join(str(b - a) for a, b in zip(cuts[:-1], cuts[1:], strict=True))
        close(np.concatenate(outputs, 1), whole, time=1, what=f"y in pieces of {sizes} steps")
    unchanged(learner)


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(6):
        _check(learner, _arguments(rng, *(int(n) for n in rng.integers(1, 6, 4))), "with other numbers")
