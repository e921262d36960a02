"""how_far_back: the half-life is looked for by halving an interval, the reach by counting."""

import math

from minirnn.course.checks import Wrong, close, points, true

EXAMPLE = (0.25, 10, 0.01)
SLOW, QUICK = (0.9, 7, 0.03), (1e-4, 6, 0.3)
ONE_STEP = (0.6, 1, 0.05)
TINY = (1e-300, 200, 3e-7)


def probe(rng):
    random = [(rng.uniform(0.05, 0.8), rng.randrange(3, 40), rng.uniform(0.002, 0.04)) for _ in range(3)]
    return [EXAMPLE, SLOW, QUICK, ONE_STEP, TINY, *random, (1.0, 5, 0.1), (2.5, 4, 0.2), (0.7, 3, 0.9)]


def oracle(norm, steps, smallest):
    if norm >= 1:
        return math.inf, math.inf
    low, high = 0.0, 1.0
    while norm ** (high / steps) > 0.5:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if norm ** (middle / steps) > 0.5 else (low, middle)
    reach = 0
    while norm ** ((reach + 1) / steps) >= smallest:
        reach += 1
    return high, reach


def _pair(got):
    true(got is not None, "Your function returned nothing (None), expected a pair: is a return missing?")
    pair = isinstance(got, (tuple, list)) and len(got) == 2
    true(pair, f"Your function returned {got!r:.60}, expected a pair: the half-life and the reach.")
    for number, name in zip(got, ("half-life", "reach"), strict=True):
        true(isinstance(number, (int, float)), f"The {name} is {number!r:.40}, expected a number.")
    return got


def _half_life(learner, args):
    norm, steps, _ = args
    what = f"the half-life, if {norm:.6g} is left after {steps} step{'s' * (steps > 1)},"
    close(_pair(learner(*args))[0], oracle(*args)[0], what=what)


def _reach(learner, args):
    norm, steps, smallest = args
    s = "s" * (steps > 1)
    what = f"the reach, if {norm:.6g} is left after {steps} step{s} and {smallest:.6g} is of use,"
    close(_pair(learner(*args))[1], oracle(*args)[1], what=what)


@points(1)
def test_runs(learner):
    """A pair of numbers comes back."""
    _pair(learner(*EXAMPLE))


@points(2)
def test_half_life(learner):
    """After how many steps half is left."""
    for args in (EXAMPLE, ONE_STEP, SLOW, QUICK):
        _half_life(learner, args)


@points(2)
def test_reach(learner):
    """How far back a share is left that is of use."""
    for args in (EXAMPLE, ONE_STEP, SLOW, QUICK):
        _reach(learner, args)


@points(1)
def test_tiny(learner):
    """A gradient that is nearly gone."""
    _half_life(learner, TINY)
    _reach(learner, TINY)


@points(1)
def test_no_step(learner):
    """After one step too little is left, so the reach is 0."""
    for args in ((0.001, 1, 0.5), (0.7, 3, 0.9), (1e-300, 200, 0.5)):
        _reach(learner, args)


@points(1)
def test_does_not_shrink(learner):
    """Both infinite, at a norm of 1 and above it."""
    for args in ((1.0, 5, 0.1), (2.5, 4, 0.2)):
        advice = "What does not shrink never comes down to one half, or to any smaller share."
        try:
            got = _pair(learner(*args))
        except Wrong as wrong:
            if wrong.kind != "raised":
                raise
            message = f"{wrong.message.rstrip('.')}. With norm = {args[0]}: {advice}"
            raise Wrong(message, kind=wrong.kind, where=wrong.where) from None
        said = f"The pair is {tuple(got)} for norm = {args[0]}, expected inf and inf. {advice}"
        true(tuple(got) == (math.inf, math.inf), said)


@points(2, graded=True)
def test_many(learner, rng):
    """Other gradients."""
    for _ in range(12):
        args = (rng.uniform(0.01, 0.95), rng.randrange(1, 60), 10 ** rng.uniform(-6, -0.3))
        _half_life(learner, args)
        _reach(learner, args)
