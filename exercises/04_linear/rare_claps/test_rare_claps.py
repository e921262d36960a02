"""Claps that are rare: against the loop over steps, and from clap to clap with 50 digits."""

from decimal import Decimal, localcontext

from minirnn.course.checks import close, finite, points, true, unchanged

EXAMPLE = (0.5, [(2, 3.0), (0, 1.0), (5, 1.0)], 3)
FAR = 10**15


def made(rng, a, steps, number):
    """Claps at shuffled steps, two of them at the same one."""
    claps = [(rng.randrange(steps), round(rng.uniform(0.5, 2), 2)) for _ in range(number)]
    claps.append((claps[0][0], 1.25))
    rng.shuffle(claps)
    return a, claps, rng.randrange(steps // 2, steps)


def probe(rng):
    return [
        EXAMPLE,
        (0.7, [(0, 1.5)], 4),
        (0.7, [(4, 1.5)], 4),
        (-0.8, [(1, 2.0), (6, -0.75), (3, 1.0)], 6),
        (0.6, [(5, 1.0), (2, 3.0), (1, 0.5)], 4),
        (0.5, [(1, 1.0), (1, 2.5)], 3),
        (1.0, [(7, 1.5), (0, 2.0)], FAR),
        (0.0, [(3, 1.5), (0, 2.0)], 3),
        made(rng, 0.9, 12, 5),
        made(rng, -0.6, 12, 5),
    ]


def oracle(a, claps, t):
    """The loop over steps while they are few; from clap to clap with 50 digits where they are many."""
    if t < 1000:
        h = 0.0
        for step in range(t + 1):
            h = a * h + sum(loudness for when, loudness in claps if when == step)
        return h
    with localcontext() as context:
        context.prec, context.Emin = 50, -(10**17)
        h, at, share = Decimal(0), 0, Decimal(a)
        for step, loudness in [*sorted((s, x) for s, x in claps if s <= t), (t, 0.0)]:
            kept = Decimal(1) if step == at else share ** (step - at)
            h, at = h * kept + Decimal(loudness), step
        return float(h)


def _check(learner, a, claps, t, what):
    got = learner(a, claps, t)
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    finite(got)
    close(got, oracle(a, claps, t), what=f"the state after step {t}, {what},")


@points(1)
def test_runs(learner):
    """The example."""
    _check(learner, *EXAMPLE, "for the example")


@points(1)
def test_one_clap(learner):
    """A single clap, just now and some steps ago."""
    for step in (4, 3, 0):
        _check(learner, 0.7, [(step, 1.5)], 4, f"for one clap at step {step}")


@points(1)
def test_not_yet(learner):
    """Claps that have not come yet, and none at all."""
    _check(learner, 0.6, [(5, 1.0), (2, 3.0)], 4, "when one clap has yet to come")
    _check(learner, 0.0, [(5, 1.0), (2, 3.0)], 4, "with a = 0 and one clap yet to come")
    _check(learner, 0.6, [], 4, "without any clap")


@points(1)
def test_several(learner, rng):
    """Several claps, in any order, and two at one step; the list is as it was."""
    for a in (0.9, -0.6):
        _check(learner, *made(rng, a, 12, 5), f"with a = {a}")
        unchanged(learner)


@points(1)
def test_special(learner):
    """a is 0, 1 or -1."""
    for a in (0.0, 1.0, -1.0):
        _check(learner, a, [(3, 1.5), (0, 2.0), (2, -0.75)], 3, f"with a = {a}")


@points(1)
def test_far(learner):
    """Steps that no loop can walk through."""
    for a in (1.0, -1.0):
        _check(learner, a, [(7, 1.5), (0, 2.0), (FAR - 1, 0.25)], FAR, f"with a = {a}")
    _check(learner, 0.5, [(FAR - 2, 3.0), (0, 1.0)], FAR, "with a = 0.5")
    _check(learner, 0.999999999, [(0, 1.0), (2 * 10**9, 1.0)], 3 * 10**9, "with a close to 1")


@points(2, graded=True)
def test_many(learner, rng):
    """Claps that nobody has seen."""
    for _ in range(6):
        _check(learner, *made(rng, rng.uniform(-1, 1), 30, 8), "for claps at random")
    _check(learner, *made(rng, rng.choice((1.0, -1.0)), 10**14, 8), "for claps far apart")
