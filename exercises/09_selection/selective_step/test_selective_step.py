"""selective_step: number by number, with Python's own floats."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true, unchanged

NAMES = ("x_t", "h", "W_down", "W_up", "b_delta", "W_B", "W_C", "A_log", "D")
EXAMPLE = tuple(
    np.array(array, dtype=float)
    for array in ([[2]], [[[5]]], [[0]], [[1]], [0], [[0.5]], [[3]], [[0]], [0.1])
)


def probe(rng):
    return [_arguments(rng, 2, 3, 4, 2), _arguments(rng, 3, 4, 4, 4), _arguments(rng, 1, 2, 3, 1)]


def _arguments(rng, batch, d_inner, d_state, dt_rank, longest=1.5):
    def draw(*shape):  # at least 0.3 from 0, so that no part can be left out unnoticed
        return rng.uniform(0.3, longest, shape) * rng.choice([-1, 1], shape)

    return (
        draw(batch, d_inner),
        draw(batch, d_state, d_inner),
        draw(dt_rank, d_inner),
        draw(d_inner, dt_rank),
        draw(d_inner),
        draw(d_state, d_inner),
        draw(d_state, d_inner),
        draw(d_state, d_inner),
        draw(d_inner),
    )


def _soft(z):
    return max(z, 0.0) + math.log1p(math.exp(-abs(z)))


def oracle(x_t, h, W_down, W_up, b_delta, W_B, W_C, A_log, D):
    """State by state."""
    y, new = np.zeros(x_t.shape), np.zeros(h.shape)
    for i, row in enumerate(x_t.tolist()):
        low = [sum(w * x for w, x in zip(line, row, strict=True)) for line in W_down.tolist()]
        B, C = (
            [sum(w * x for w, x in zip(line, row, strict=True)) for line in W.tolist()] for W in (W_B, W_C)
        )
        for d, x in enumerate(row):
            long = _soft(sum(w * v for w, v in zip(W_up[d].tolist(), low, strict=True)) + float(b_delta[d]))
            total = float(D[d]) * x
            for n in range(len(B)):
                new[i, n, d] = math.exp(-long * math.exp(A_log[n, d])) * h[i, n, d] + long * B[n] * x
                total += C[n] * new[i, n, d]
            y[i, d] = total
    return y, new


def _two(learner, arguments):
    got = learner(*arguments)
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} things, expected two: y_t and h.")
    for each in got:
        same_type(each, "array")
    return got


def _check(learner, arguments, what, part="both"):
    (y, h), (right_y, right_h) = _two(learner, arguments), oracle(*arguments)
    if part in ("h", "both"):
        close(h, right_h, what=f"the new h, {what},")
    if part in ("y", "both"):
        close(y, right_y, what=f"y_t, {what},")


def _with(arguments, **new):
    return tuple(new.get(name, each) for name, each in zip(NAMES, arguments, strict=True))


@points(1)
def test_form(learner, rng):
    y, h = _two(learner, _arguments(rng, 2, 4, 3, 1))
    same_shape(y, (2, 4), "(batch, d_inner)")
    same_shape(h, (2, 3, 4), "(batch, d_state, d_inner)")
    same_dtype(y, "float64")
    same_dtype(h, "float64")


@points(1)
def test_keep(learner, rng):
    """Nothing is written, because W_B is 0: what is kept of the old state."""
    arguments = _arguments(rng, 2, 3, 4, 2)
    _check(learner, _with(arguments, W_B=0 * arguments[5]), "when W_B is 0", "h")


@points(1)
def test_write(learner, rng):
    """The old state is 0: what is written."""
    arguments = _arguments(rng, 2, 3, 4, 2)
    _check(learner, _with(arguments, h=0 * arguments[1]), "from a state of 0", "h")


@points(2)
def test_read(learner, rng):
    """What is read, first without D."""
    arguments = _arguments(rng, 2, 3, 4, 2)
    _check(learner, _with(arguments, D=0 * arguments[8]), "when D is 0")
    _check(learner, arguments, "with all of it")


@points(1)
def test_example(learner):
    _check(learner, EXAMPLE, "of the example")


@points(1)
def test_other_sizes(learner, rng):
    for sizes in ((3, 4, 4, 4), (4, 3, 4, 2), (1, 1, 2, 1), (2, 5, 1, 3)):
        names = ", ".join(map("{} = {}".format, ("batch", "d_inner", "d_state", "dt_rank"), sizes))
        _check(learner, _arguments(rng, *sizes), names)
        unchanged(learner)


@points(1)
def test_long_and_short_steps(learner, rng):
    """Steps that keep nearly all, and steps that keep nothing."""
    arguments = _arguments(rng, 2, 3, 2, 2)
    for bias in (-30.0, 30.0):
        _check(learner, _with(arguments, b_delta=np.full(3, bias)), f"when b_delta is {bias:g}")


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(5):
        sizes = [int(n) for n in rng.integers(1, 6, 4)]
        _check(learner, _arguments(rng, *sizes), "with other numbers")
