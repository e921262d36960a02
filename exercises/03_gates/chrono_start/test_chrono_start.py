"""Biases: looked for by halving, on what the gate keeps and writes."""

import math

from minirnn.course.checks import close, points, same_type, true, unchanged

EXAMPLE = (10, [0.0, 0.25, 1.0])


def probe(rng):
    draws = [rng.uniform(0.05, 0.95) for _ in range(4)]
    return [EXAMPLE, (50.0, draws), (400, draws[::-1]), (1e15, [0.37, 0.71, 0.83]), (2, [0.4]), (7.5, [])]


def _forgets(b):
    """1 - sigmoid(b), without losing digits."""
    return math.exp(-b) / (1 + math.exp(-b))


def oracle(longest, draws):
    """Halve an interval of biases until the gate forgets one in L steps."""
    found = []
    for u in draws:
        memory = (1 - u) * 2 + u * longest
        low, high = -1.0, 40.0
        for _ in range(200):
            middle = (low + high) / 2
            if _forgets(middle) * memory > 1:
                low = middle
            else:
                high = middle
        bias = low if memory > 2 else 0.0  # which halving only comes near to
        found.append((bias, -bias))
    return found


def _pairs(learner, longest, draws):
    got = learner(longest, draws)
    if not isinstance(got, tuple):
        same_type(got, "list")
    true(
        len(got) == len(draws), f"You return {len(got)} pairs for {len(draws)} draws, expected one for each."
    )
    for pair in got:
        if not isinstance(pair, list):
            same_type(pair, "tuple")
        true(len(pair) == 2, f"A unit has {len(pair)} numbers, expected two: b_keep and b_write.")
    unchanged(learner)
    return [tuple(pair) for pair in got]


def _check(learner, longest, draws, which="both"):
    got, right = _pairs(learner, longest, draws), oracle(longest, draws)
    if which in ("keep", "both"):
        close(
            [k for k, _ in got], [k for k, _ in right], what=f"the list of b_keep for longest = {longest:g}"
        )
    if which in ("write", "both"):
        close(
            [w for _, w in got], [w for _, w in right], what=f"the list of b_write for longest = {longest:g}"
        )


@points(1)
def test_form(learner):
    """A pair for each unit."""
    _pairs(learner, *EXAMPLE)


@points(1)
def test_shortest(learner):
    """The draw 0 gives two steps."""
    _check(learner, 10, [0.0], "keep")


@points(1)
def test_longest(learner):
    """The draw 1 gives the longest memory."""
    _check(learner, 10, [1.0], "keep")
    _check(learner, 300, [1.0], "keep")


@points(2)
def test_between(learner, rng):
    """In between the memory grows evenly."""
    _check(learner, 10, [0.25], "keep")
    _check(learner, 120.5, [0.1, 0.5, 0.8], "keep")


@points(2)
def test_write(learner, rng):
    """It writes as much as it forgets."""
    _check(learner, 10, [0.25], "write")
    _check(learner, 120.5, [0.1, 0.5, 0.8])


@points(1)
def test_edges(learner):
    """No units, and a longest memory of two steps."""
    _check(learner, 7.5, [])
    _check(learner, 2, [0.0, 0.4, 1.0])


@points(1)
def test_very_long(learner):
    """Memories of up to 10 to the 15 steps."""
    _check(learner, 1e15, [0.37, 0.71, 0.83, 1.0])


@points(1, graded=True)
def test_many(learner, rng):
    """Other wishes."""
    for _ in range(10):
        _check(learner, 10 ** rng.uniform(0.5, 9), [rng.uniform(0, 1) for _ in range(5)])
