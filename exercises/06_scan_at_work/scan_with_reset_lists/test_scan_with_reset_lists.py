"""A scan over packed texts: each state as the sum of what the inputs of its own text have become."""

import math

from minirnn.course.checks import Wrong, close, points, same_type, true, unchanged

EXAMPLE = ([0.5, 0.5, 0.5, 0.5], [1.0, 2.0, 4.0, 8.0], [False, False, True, False], 10.0)


def _row(rng, reset):
    a = [rng.uniform(0.5, 1.0) for _ in reset]
    return a, [rng.gauss(0, 1) for _ in reset], [bool(each) for each in reset], 2.0 + rng.random()


def probe(rng):
    return [
        EXAMPLE,
        _row(rng, [0, 0, 1, 1, 0, 0, 1]),
        _row(rng, [1, 0, 0, 0, 1, 0, 0]),
        _row(rng, [0, 0, 0, 0, 0]),
        HUGE,
    ]


# A huge state before the reset; halves and doubles are exact.
HUGE = (
    [0.5, 2.0, 0.25, 0.5, 2.0, 0.5],
    [0.7, 1e200, 1.3, 0.9, -1.7, 0.6],
    [False] * 3 + [True] + [False] * 2,
    1.5,
)


def oracle(a, b, reset, h0):
    """Every input since the last beginning, times all decays after it; h0 if there was no beginning."""
    states = []
    for t in range(len(b)):
        begin = max((s for s in range(t + 1) if reset[s]), default=-1)
        terms = [b[s] * math.prod(a[s + 1 : t + 1]) for s in range(max(begin, 0), t + 1)]
        states.append(math.fsum(terms) + (h0 * math.prod(a[: t + 1]) if begin < 0 else 0.0))
    return states


def _explained(learner, *args):
    """What comes back, with a word on what cannot be done with decays that are zero."""
    try:
        return learner(*args)
    except Wrong as wrong:
        if "IndexError" in wrong.message and not args[1]:
            wrong.message += ". The row is empty here: T may be 0, and then h is an empty list."
        if "ZeroDivision" in wrong.message:
            wrong.message += ". A decay, or a product of decays, may be zero: nothing can be divided by it."
        if "math domain error" in wrong.message:
            wrong.message += ". A decay may be zero: it has no logarithm then."
        raise


def as_numbers(function, *row):
    """The states as numbers of Python, which are sent faster than those of numpy."""
    return [float(x) for x in function(*row)]


def _check(learner, row, what="h"):
    got = _explained(learner, *row)
    nested = isinstance(got, (list, tuple)) and any(isinstance(item, (list, tuple)) for item in got)
    true(not nested, "Your h holds lists: join those of the single texts into one list of T numbers.")
    numbers = len(got) if hasattr(got, "__len__") else len(row[1])
    true(numbers == len(row[1]), f"For T = {len(row[1])} you returned {numbers} states: each step has one.")
    close(got, oracle(*row), time=0, what=what)


@points(1)
def test_type(learner):
    """A list of T numbers comes back."""
    got = learner(*EXAMPLE)
    same_type(got, "list")
    true(len(got) == 4, f"You returned {len(got)} states for the example, expected 4: each step has one.")


@points(1)
def test_without_reset(learner, rng):
    """Where reset is never True, it is the scan."""
    _check(learner, probe(rng)[3], what="the state without any reset")


@points(1)
def test_with_reset(learner, rng):
    """The state before a text begins is dropped."""
    for row in probe(rng)[:2]:
        _check(learner, row)


@points(1)
def test_first_step(learner, rng):
    """A text that begins at the very first step drops h0. A row of one step, and of none."""
    for row in (probe(rng)[2], _row(rng, [1]), _row(rng, [0]), _row(rng, [])):
        _check(learner, row)


@points(1)
def test_nothing_leaks(learner):
    """A huge state leaves nothing behind, and a long row is no harder than a short one."""
    _check(learner, HUGE, what="the state, a huge one dropped,")
    reset = [t == 1300 for t in range(2000)]
    got = _explained(learner.drive, as_numbers, [0.5] * 2000, [1.0] * 2000, reset, 3.0)
    h, states = 3.0, []
    for begins in reset:
        h = 1.0 if begins else 1.0 + h / 2
        states.append(h)
    close(got, states, time=0, what="the state in a row of 2000 steps")


@points(1)
def test_unchanged(learner, rng):
    """The states are right, and the lists that came in are as they were."""
    _check(learner, probe(rng)[1])
    unchanged(learner)


@points(1, graded=True)
def test_many_texts(learner, rng):
    """Many short texts in a row, and what stands before a boundary makes no difference after it."""
    for time in (0, 1, 9, 17):
        _check(learner, _row(rng, [rng.random() < 0.3 for _ in range(time)]))
    a, b, reset, h0 = _row(rng, [0, 0, 0, 1, 0, 0, 0, 0])
    other = [number + 100.0 * (t < 3) for t, number in enumerate(b)]
    _check(learner, (a, other, reset, h0 + 100.0))
