"""A scan over packed documents: against each document walked through on its own."""

import numpy as np

from minirnn.course.checks import close, finite, points, same_shape, same_type, unchanged


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
        _batch(rng, 2, 6, 2, [[1, 0, 0, 1, 0, 0], [0, 0, 1, 1, 0, 0]]),
    ]


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


@points(1)
def test_runs(learner, rng):
    """It returns an array."""
    same_type(learner(*probe(rng)[0]), "array")


@points(1)
def test_shape(learner, rng):
    """(batch, time, dim), like b."""
    args = probe(rng)[1]
    got = learner(*args)
    same_shape(got, args[1].shape, "(batch, time, dim)")
    finite(got)


@points(1)
def test_without_reset(learner, rng):
    """Where reset is never True, it is the scan."""
    args = _batch(rng, 2, 5, 3, np.zeros((2, 5)))
    close(learner(*args), oracle(*args), time=1, what="h without any reset")


@points(2)
def test_with_reset(learner, rng):
    """The state before a document begins is dropped."""
    for args in probe(rng):
        close(learner(*args), oracle(*args), time=1, what="h")


@points(1)
def test_unchanged(learner, rng):
    """The states are right, and the arrays that came in are as they were."""
    args = probe(rng)[1]
    close(learner(*args), oracle(*args), time=1, what="h")
    unchanged(learner)


@points(1, graded=True)
def test_documents(learner, rng):
    """Many short documents in every row."""
    for batch, time, dim in ((3, 17, 2), (1, 1, 1), (4, 9, 1)):
        args = _batch(rng, batch, time, dim, rng.random((batch, time)) < 0.3)
        close(learner(*args), oracle(*args), time=1, what="h")


@points(1, graded=True)
def test_nothing_leaks(learner, rng):
    """What stands before a boundary makes no difference after it."""
    a, b, reset, h0 = _batch(rng, 2, 8, 2, [[0, 0, 0, 1, 0, 0, 0, 0]] * 2)
    before = oracle(a, b, reset, h0)
    b[:, :3] += 100.0
    after = learner(a, b, reset, h0 + 100.0)
    same_shape(after, b.shape, "(batch, time, dim)")
    close(after[:, 3:], before[:, 3:], time=1, what="h from step 3 on, after other inputs before step 3")
