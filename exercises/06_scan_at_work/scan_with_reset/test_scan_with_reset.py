"""A scan over packed documents: against each document walked through on its own."""

import numpy as np

from minirnn.course.checks import Wrong, close, finite, points, same_shape, same_type, true, unchanged


def _batch(rng, batch, time, dim, reset):
    return (
        rng.uniform(0.5, 1.0, (batch, time, dim)),
        rng.normal(size=(batch, time, dim)),
        np.array(reset, dtype=bool),
        rng.normal(size=(batch, dim)) + 2.0,
    )


def probe(rng):
    one = np.array([0.5, 0.5, 0.5, 0.5]), np.array([1.0, 2.0, 4.0, 8.0])
    return [
        (*(x[None, :, None] for x in one), np.array([[False, False, True, False]]), np.array([[10.0]])),
        _batch(rng, 2, 6, 2, [[0, 1, 0, 0, 1, 0], [0, 0, 1, 1, 0, 1]]),
        _batch(rng, 2, 5, 3, [[1, 0, 0, 1, 0], [0, 0, 1, 0, 0]]),
        _batch(rng, 2, 5, 3, np.zeros((2, 5))),
        _huge(),
    ]


def _huge():
    """Two rows with a huge state before the reset; halves and doubles are exact."""
    a = np.array([[0.5, 2.0, 0.25, 0.5, 2.0, 0.5], [2.0, 0.5, 0.5, 1.0, 0.5, 0.25]])[:, :, None]
    b = np.array([[0.7, 1e200, 1.3, 0.9, -1.7, 0.6], [1e200, 0.4, -0.3, 1.1, 2.3, 0.8]])[:, :, None]
    reset = np.array([[0, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0]], dtype=bool)
    return a, b, reset, np.array([[1.5], [-0.6]])


def oracle(a, b, reset, h0):
    """Cut each row into documents, and walk through each document with numbers."""
    batch, time, dim = b.shape
    h = np.zeros((batch, time, dim))
    for i in range(batch):
        begins = [t for t in range(time) if reset[i, t]]
        cuts = sorted({0, time, *begins})
        for begin, end in zip(cuts[:-1], cuts[1:], strict=True):
            for k in range(dim):
                state = 0.0 if begin in begins else float(h0[i, k])
                for t in range(begin, end):
                    state = float(a[i, t, k]) * state + float(b[i, t, k])
                    h[i, t, k] = state
    return h


def _states(learner, *args):
    """What comes back, with a word on shapes that do not fit."""
    try:
        return learner(*args)
    except Wrong as wrong:
        if "broadcast" in wrong.message:
            wrong.message += ". Is it reset? It is (batch, time), without the last side of a and b."
        raise


def _check(learner, args, what="h"):
    got = _states(learner, *args)
    close(np.array(got) if isinstance(got, list) else got, oracle(*args), time=1, what=what)


@points(1)
def test_runs(learner, rng):
    """It returns an array (batch, time, dim), like b."""
    for args in probe(rng)[:2]:
        got = _states(learner, *args)
        same_type(got, "array")
        same_shape(got, args[1].shape, "(batch, time, dim)")
        finite(got)


@points(1)
def test_without_reset(learner, rng):
    """Where reset is never True, it is the scan."""
    a, b, reset, h0 = args = probe(rng)[3]
    got, from_zero = np.asarray(_states(learner, *args)), oracle(a, b, reset, 0 * h0)
    same = got.shape == from_zero.shape and np.all(abs(got - from_zero) < 1e-9)
    true(
        not same, "Where there is no reset you start from zero: h0, the state before the first step, is lost."
    )
    _check(learner, args, what="the state without any reset")


@points(2)
def test_with_reset(learner, rng):
    """The state before a document begins is dropped."""
    for args in probe(rng)[:2]:
        _check(learner, args)


@points(1)
def test_reset_at_the_first_step(learner, rng):
    """A document that begins at the very first step drops h0."""
    _check(learner, probe(rng)[2])


@points(1)
def test_nothing_leaks(learner):
    """A huge state leaves nothing behind, and a long row is no harder than a short one."""
    _check(learner, _huge(), what="the state, a huge one dropped,")
    many = (1, 2000, 1)
    reset = np.arange(2000)[None, :] % 1500 == 1499
    args = np.full(many, 0.5), np.ones(many), reset, np.array([[3.0]])
    _check(learner, args, what="the state in a row of 2000 steps")


@points(1)
def test_unchanged(learner, rng):
    """The states are right, and the arrays that came in are as they were."""
    _check(learner, probe(rng)[1])
    unchanged(learner)


@points(1, graded=True)
def test_documents(learner, rng):
    """Many short documents in every row, and what stands before a boundary makes no difference after it."""
    for batch, time, dim in ((3, 17, 2), (1, 1, 1), (4, 9, 1)):
        _check(learner, _batch(rng, batch, time, dim, rng.random((batch, time)) < 0.3))
    a, b, reset, h0 = _batch(rng, 2, 8, 2, [[0, 0, 0, 1, 0, 0, 0, 0]] * 2)
    before = oracle(a, b, reset, h0)
    b[:, :3] += 100.0
    after = np.asarray(_states(learner, a, b, reset, h0 + 100.0))
    same_shape(after, b.shape, "(batch, time, dim)")
    close(after[:, 3:], before[:, 3:], time=1, what="h from step 3 on, after other inputs before step 3")
