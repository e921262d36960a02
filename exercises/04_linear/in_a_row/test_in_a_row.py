"""Halls in a row: against the halls themselves, and against sums of products of the factors."""

import math
from itertools import combinations

from minirnn.course.checks import close, points, true, unchanged

FIVE = [0.9, -0.6, 0.4, 0.7, -0.3]


def drawn(rng, number):
    return [rng.uniform(0.2, 0.95) * rng.choice((-1, 1)) for _ in range(number)]


def probe(rng):
    return [
        ([0.5],),
        ([0.8, 0.8],),
        ([0.5, 0.3, 0.5],),
        ([1.0, 2.0],),
        ([0.9, -0.6],),
        (FIVE[:3],),
        (FIVE,),
        (drawn(rng, 4),),
        (drawn(rng, 3),),
    ]


def oracle(factors):
    """The weight of k steps ago: all products of k different halls, added up; the sign turns each time."""
    return [
        -math.fsum(math.prod(-c for c in chosen) for chosen in combinations(factors, k))
        for k in range(1, len(factors) + 1)
    ]


def halls(factors, x):
    """What is heard in the last hall."""
    for c in factors:
        y, old = [], 0.0
        for now in x:
            old = c * old + now
            y.append(old)
        x = y
    return x


def loop(weights, x):
    """What the one loop with these weights gives."""
    y = []
    for t, now in enumerate(x):
        y.append(now + sum(w * y[t - 1 - k] for k, w in enumerate(weights) if t - 1 - k >= 0))
    return y


def _weights(learner, factors):
    got = learner(factors)
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    count = len(got) if hasattr(got, "__len__") else 0
    true(
        count == len(factors),
        f"A list with as many weights as halls is expected, here {len(factors)}; you returned {got!r:.80}.",
    )
    return [float(w) for w in got]


def _check(learner, factors):
    what = f"the list of weights for {[round(c, 3) for c in factors]}"
    close(_weights(learner, factors), oracle(factors), what=what)


@points(1)
def test_runs(learner):
    """One hall."""
    for c in (0.5, -0.7):
        _check(learner, [c])


@points(2)
def test_two(learner):
    """Two halls."""
    for pair in ([1.0, 2.0], [0.9, -0.6], [-0.5, -0.4], [0.8, 0.8]):
        _check(learner, pair)


@points(2)
def test_three(learner):
    """Three halls."""
    for three in (FIVE[:3], [1.0, 2.0, 3.0], [-0.5, -0.4, -0.9]):
        _check(learner, three)


@points(1)
def test_zero(learner):
    """A hall without echo, and equal halls; the factors are as they were."""
    for factors in ([0.0, 0.6], [0.6, 0.0, 0.5], [0.5, 0.5, 0.5], [0.0]):
        _check(learner, factors)
    unchanged(learner)


@points(2)
def test_sounds_the_same(learner, rng):
    """The one loop gives what the halls give."""
    for factors in (FIVE[:2], FIVE[1:4], FIVE):
        x = [rng.uniform(-1, 1) for _ in range(12)]
        heard = loop(_weights(learner, factors), x)
        close(heard, halls(factors, x), time=0, what=f"what your loop gives for {len(factors)} halls")


@points(2, graded=True)
def test_many(learner, rng):
    """Rows that nobody has seen."""
    for number in (2, 3, 4, 6, 9):
        _check(learner, drawn(rng, number))
