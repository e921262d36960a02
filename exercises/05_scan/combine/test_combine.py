"""Two steps in one: against the two steps taken one after the other, from 0 and from 1."""

from minirnn.course.checks import close, points, true

PAIR = "Return a pair: the new a and the new b, as in `return a, b`."


def probe(rng):
    numbers = rng.uniform(0.5, 2, (2, 2, 2)).round(2).tolist()
    return [
        ((0.5, 3.0), (4.0, 1.0)),
        *(tuple(tuple(pair) for pair in both) for both in numbers),
    ]


def oracle(first, then):
    """The line through what the two steps make of h = 0 and of h = 1."""
    ends = []
    for h in (0.0, 1.0):
        for a, b in (first, then):
            h = a * h + b
        ends.append(h)
    return ends[1] - ends[0], ends[0]


def by_combining(function, a, b):
    """All states of a sequence, from zero, by joining one step after the other to what came before."""
    total, states = (1.0, 0.0), []
    for step in zip(a.tolist(), b.tolist(), strict=True):
        total = function(total, step)
        states.append(float(total[1]))
    return states


def in_two_groupings(function, p, q, r):
    """(p q) r and p (q r)."""
    left, right = function(function(p, q), r), function(p, function(q, r))
    return [float(x) for x in left], [float(x) for x in right]


def _pair(got):
    true(isinstance(got, (tuple, list)) and len(got) == 2, PAIR)
    return got


@points(1)
def test_runs(learner):
    """It returns a pair."""
    _pair(learner((0.5, 3.0), (4.0, 1.0)))


@points(1)
def test_decay(learner, rng):
    """The new a."""
    for first, then in probe(rng):
        close(_pair(learner(first, then))[0], oracle(first, then)[0], what="the new a")


@points(1)
def test_input(learner, rng):
    """The new b."""
    for first, then in probe(rng):
        close(_pair(learner(first, then))[1], oracle(first, then)[1], what="the new b")


@points(1)
def test_grouping(learner, rng):
    """Joined in any grouping, three steps are the same."""
    p, q, r = (tuple(pair) for pair in rng.uniform(-2, 2, (3, 2)).tolist())
    left, right = learner.drive(in_two_groupings, p, q, r)
    close(left, right, what="combine(combine(p, q), r) against combine(p, combine(q, r))")
    close(left, oracle(oracle(p, q), r), what="combine(combine(p, q), r)")


@points(1, graded=True)
def test_sequence(learner, rng):
    """Joining all steps one after the other gives the states of the recurrence."""
    a, b = rng.uniform(-1, 1, 12), rng.normal(size=12)
    h, states = 0.0, []
    for a_t, b_t in zip(a.tolist(), b.tolist(), strict=True):
        h = a_t * h + b_t
        states.append(h)
    close(learner.drive(by_combining, a, b), states, time=0, what="h")


@points(1, graded=True)
def test_arrays(learner, rng):
    """With arrays every entry is a recurrence of its own."""
    first, then = ((rng.uniform(-2, 2, 5), rng.normal(size=5)) for _ in range(2))
    got = _pair(learner(first, then))
    for i in (0, 1):
        close(got[i], oracle(first, then)[i], what=("the new a", "the new b")[i])
