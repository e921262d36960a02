"""selective_scan: each text on its own, state by state, with Python's own floats."""

import math

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, true, unchanged

FLAT = (1, 4, 1)
EXAMPLE = (
    np.full(FLAT, math.log(2)),
    np.array([[-1.0]]),
    np.ones(FLAT),
    np.ones(FLAT),
    np.ones(FLAT),
    np.array([[False, False, True, False]]),
    np.array([[False, False, False, True]]),
    np.array([[[8.0]]]),
)


def _arguments(rng, batch, time, d_inner, d_state, resets=(), pads=0):
    """resets: steps at which a text begins, by row. pads: how many there are at the end of each row."""

    def draw(*shape):  # at least 0.3 from 0, so that no part can be left out unnoticed
        return rng.uniform(0.3, 1.5, shape) * rng.choice([-1, 1], shape)

    reset, pad = np.zeros((2, batch, time), dtype=bool)
    for row, steps in enumerate(resets):
        reset[row, list(steps)] = True
    for row, count in enumerate(pads if isinstance(pads, tuple) else (pads,) * batch):
        pad[row, time - count :] = True
    return (
        rng.uniform(0.1, 1.0, (batch, time, d_inner)),
        -rng.uniform(0.3, 1.5, (d_state, d_inner)),
        draw(batch, time, d_state),
        draw(batch, time, d_state),
        draw(batch, time, d_inner),
        reset,
        pad,
        draw(batch, d_state, d_inner),
    )


def probe(rng):
    return [
        _arguments(rng, 2, 7, 3, 4, ([0, 3], [2, 5]), (1, 0)),
        _arguments(rng, 3, 6, 4, 4, ([], [2], [1]), (3, 1, 2)),
        _arguments(rng, 2, 3, 2, 3),
    ]


def oracle(delta, A, B, C, x, reset, pad, h0):
    batch, time, d_inner = x.shape
    y, h = np.zeros(x.shape), h0.copy()
    for i in range(batch):
        for d in range(d_inner):
            for n in range(len(A)):
                state = float(h0[i, n, d])
                for t in range(time):
                    if reset[i, t]:
                        state = 0.0
                    if not pad[i, t]:
                        state *= math.exp(float(delta[i, t, d]) * float(A[n, d]))
                        state += float(delta[i, t, d]) * float(B[i, t, n]) * float(x[i, t, d])
                    y[i, t, d] += float(C[i, t, n]) * state
                h[i, n, d] = state
    return y, h


def _two(learner, arguments):
    got = learner(*arguments)
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} things, expected two: y and the last state.")
    for each in got:
        same_type(each, "array")
    return got


def _check(learner, arguments, what, part="both"):
    (y, h), (right_y, right_h) = _two(learner, arguments), oracle(*arguments)
    if part in ("y", "both"):
        close(y, right_y, time=1, what=f"y {what}")
    if part in ("h", "both"):
        close(h, right_h, what=f"the state after the last step, {what},")


@points(1)
def test_form(learner, rng):
    y, h = _two(learner, _arguments(rng, 2, 5, 4, 3))
    same_shape(y, (2, 5, 4), "(batch, time, d_inner)")
    same_shape(h, (2, 3, 4), "(batch, d_state, d_inner)")
    same_dtype(y, "float64")
    same_dtype(h, "float64")


@points(1)
def test_first_step(learner, rng):
    """A single step from a state of 0."""
    arguments = _arguments(rng, 2, 1, 3, 4)
    _check(learner, (*arguments[:-1], 0 * arguments[-1]), "of a single step from a state of 0")


@points(1)
def test_no_masks(learner, rng):
    """A sequence without texts that begin and without pads."""
    _check(learner, _arguments(rng, 2, 6, 3, 4), "without resets and pads")


@points(1)
def test_reset(learner, rng):
    """Texts that begin within a row."""
    _check(learner, _arguments(rng, 2, 7, 3, 4, ([3], [2, 5])), "with resets")


@points(1)
def test_reset_at_the_first_step(learner, rng):
    """A text that begins with the row drops h0."""
    _check(learner, _arguments(rng, 2, 4, 3, 2, ([0], [])), "with a reset at step 0")


@points(2)
def test_pads(learner, rng):
    """Pads at the end of rows, of which one is all pads."""
    _check(learner, _arguments(rng, 2, 6, 3, 4, (), (2, 3)), "with pads")
    _check(learner, _arguments(rng, 2, 4, 3, 2, (), (4, 1)), "with a row that is all pads")


@points(1)
def test_example(learner):
    _check(learner, EXAMPLE, "of the example")


@points(1)
def test_pieces(learner, rng):
    """Cut anywhere, with the state handed on, it is the same."""
    arguments = _arguments(rng, 2, 7, 3, 3, ([4], [1]), (1, 0))
    whole_y, whole_h = oracle(*arguments)
    for cut in (1, 3, 6):
        first = [a[:, :cut] if k != 1 else a for k, a in enumerate(arguments[:-1])]
        second = [a[:, cut:] if k != 1 else a for k, a in enumerate(arguments[:-1])]
        y1, h1 = _two(learner, (*first, arguments[-1]))
        same_shape(h1, whole_h.shape, "(batch, d_state, d_inner)")
        y2, h2 = _two(learner, (*second, np.asarray(h1)))
        close(y1, whole_y[:, :cut], time=1, what=f"y of the first {cut} steps, which are one piece,")
        close(y2, whole_y[:, cut:], time=1, what=f"y after step {cut}, from the state that was handed on,")
        close(h2, whole_h, what="the state after the second piece")
    unchanged(learner)


@points(1)
def test_long_texts(learner, rng):
    """A long text of long steps: the product of all its factors is too small for a number."""
    delta, *others = _arguments(rng, 2, 300, 2, 3, ([0, 150], []), (0, 20))
    _check(learner, (8 * delta, *others), "in texts of up to 300 steps, some of them long,")


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(5):
        batch, time, d_inner, d_state = (int(n) for n in rng.integers(1, 6, 4))
        pads = tuple(int(n) for n in rng.integers(0, time, batch))
        begins = [[t for t in range(time - p) if rng.random() < 0.3] for p in pads]
        _check(learner, _arguments(rng, batch, time, d_inner, d_state, begins, pads), "with other numbers")
