"""A scan over packed texts: each state as the sum of what the inputs of its own text have become."""

import math

from minirnn.course.checks import close, equal, points, same_type, unchanged

EXAMPLE = ([0.5, 0.5, 0.5, 0.5], [1.0, 2.0, 4.0, 8.0], [False, False, True, False], 10.0)


def _row(rng, reset):
    a = [rng.uniform(0.5, 1.0) for _ in reset]
    return a, [rng.gauss(0, 1) for _ in reset], [bool(each) for each in reset], 2.0 + rng.random()


def probe(rng):
    return [EXAMPLE, _row(rng, [0, 0, 1, 1, 0, 0]), _row(rng, [1, 0, 0, 0, 1, 0, 0])]


def oracle(a, b, reset, h0):
    """Every input since the last beginning, times all decays after it; h0 if there was no beginning."""
    states = []
    for t in range(len(b)):
        begin = max((s for s in range(t + 1) if reset[s]), default=-1)
        terms = [b[s] * math.prod(a[s + 1 : t + 1]) for s in range(max(begin, 0), t + 1)]
        states.append(math.fsum(terms) + (h0 * math.prod(a[: t + 1]) if begin < 0 else 0.0))
    return states


@points(1)
def test_type(learner):
    """A list of T numbers comes back."""
    got = learner(*EXAMPLE)
    same_type(got, "list")
    equal(len(got), 4, what="the number of states of the example")


@points(1)
def test_without_reset(learner, rng):
    """Where reset is never True, it is the scan."""
    row = _row(rng, [0] * 5)
    close(learner(*row), oracle(*row), time=0, what="h without any reset")


@points(2)
def test_with_reset(learner, rng):
    """The state before a text begins is dropped."""
    for row in probe(rng):
        close(learner(*row), oracle(*row), time=0, what="h")


@points(1)
def test_unchanged(learner, rng):
    """The states are right, and the lists that came in are as they were."""
    row = probe(rng)[1]
    close(learner(*row), oracle(*row), time=0, what="h")
    unchanged(learner)


@points(1, graded=True)
def test_many_texts(learner, rng):
    """Many short texts in a row, and rows of one step and of none."""
    for time in (0, 1, 9, 17):
        row = _row(rng, [rng.random() < 0.3 for _ in range(time)])
        close(learner(*row), oracle(*row), time=0, what="h")


@points(1, graded=True)
def test_nothing_leaks(learner, rng):
    """What stands before a boundary makes no difference after it."""
    a, b, reset, h0 = _row(rng, [0, 0, 0, 1, 0, 0, 0, 0])
    other = [number + 100.0 * (t < 3) for t, number in enumerate(b)]
    got = learner(a, other, reset, h0 + 100.0)
    equal(len(got), 8, what="the number of states")
    close(got[3:], oracle(a, b, reset, h0)[3:], time=0, what="h from step 3 on, after other inputs before it")
