"""Blame along the cell: each cell is nudged by an imaginary amount, which shows the slope without error."""

import cmath

import numpy as np

from minirnn.course.checks import Wrong, close, points, same_dtype, same_shape, same_type, unchanged

EXAMPLE = tuple(
    np.array(column, dtype=float)[:, None] for column in ([0.9, 0.5, 0.8], [1, 0.5, 1], [0, 1, 0], [1, 2, 10])
)
TINY = 1e-100


def probe(rng):
    return [
        _arguments(rng, 4, 2),
        _arguments(rng, 6, 3),
        _arguments(rng, 1, 2),
        EXAMPLE,
        _with_shut_gates(rng),
    ]


def _arguments(rng, time, d):
    def gates():
        return rng.uniform(0.2, 0.95, (time, d))

    signs = rng.choice([-1, 1], (2, time, d))
    c, grad_h = rng.uniform(0.3, 1.3, (time, d)) * signs[0], rng.uniform(0.3, 1.5, (time, d)) * signs[1]
    return gates(), gates(), c, grad_h


def _with_shut_gates(rng):
    f, o, c, grad_h = _arguments(rng, 6, 2)
    f[2], f[4], o[3] = 0, 1, 0
    return f, o, c, grad_h


def oracle(f, o, c, grad_h):
    """Nudge one cell by i times a tiny number; the imaginary part of the loss, divided by it, is the slope.

    What each step adds to the cell is what makes the given cells, and stays as it is.
    """
    time, d = c.shape
    blame = np.zeros((time, d))
    for j in range(d):
        cells = [0.0, *c[:, j].tolist()]
        keep, show, wish = (each[:, j].tolist() for each in (f, o, grad_h))
        for nudged in range(time):
            cell, loss = 0j, 0j
            for t in range(nudged, time):
                written = cells[t + 1] - keep[t] * cells[t]
                cell = complex(cells[t + 1], TINY) if t == nudged else keep[t] * cell + written
                loss += wish[t] * show[t] * cmath.tanh(cell)
            blame[nudged, j] = loss.imag / TINY
    return blame


def _check(learner, arguments, what):
    got, right = learner(*arguments), oracle(*arguments)
    try:
        close(got, right, time=0, what=f"the blame, {what},")
    except Wrong as wrong:
        if (
            wrong.table
        ):  # same shape, other numbers: blame is made from the end, so a fault begins at the last one
            last = max(t for t in range(len(right)) if not np.allclose(got[t], right[t], 1e-6, 1e-6))
            wrong.message = (
                f"The blame, {what}, differs: seen from the end, where it begins, first at t = {last}."
            )
        raise


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 4, 3))
    same_type(got, "array")
    same_shape(got, (4, 3), "(time, d_hidden)")
    same_dtype(got, "float64")


@points(1)
def test_shown(learner, rng):
    """The last step has no later one: only what is shown counts."""
    _check(learner, _arguments(rng, 1, 3), "with a single step")


@points(2)
def test_kept(learner, rng):
    """Only the last step is seen by the loss."""
    f, o, c, grad_h = _arguments(rng, 3, 2)
    grad_h[:-1] = 0
    _check(learner, (f, o, c, grad_h), "when the loss sees the last of three steps alone")


@points(2)
def test_both(learner, rng):
    _check(learner, _arguments(rng, 2, 2), "with two steps")
    _check(learner, _arguments(rng, 5, 3), "with five steps")


@points(1)
def test_example(learner):
    _check(learner, EXAMPLE, "of the example")


@points(1)
def test_gates_of_0_and_1(learner, rng):
    """A gate that is shut lets nothing back, and one that is open lets all of it."""
    _check(learner, _with_shut_gates(rng), "with gates of 0 and 1")


@points(1)
def test_many_steps(learner, rng):
    """Four hundred steps with gates near 1, and arguments that stay as they are."""
    f, o, c, grad_h = _arguments(rng, 400, 1)
    _check(learner, (1 - f / 50, o, c, grad_h), "with 400 steps")
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    for _ in range(5):
        _check(learner, _arguments(rng, *(int(n) for n in rng.integers(1, 9, 2))), "with other numbers")
