"""Two steps in one: against the two steps taken one after the other, from 0 and from 1."""

from minirnn.course.checks import close, points, true

PAIR = "Return a pair: the new a and the new b, as in `return a, b`."


def probe(rng):
    return [((0.5, 3.0), (4.0, 1.0)), (_step(rng), _step(rng)), (_step(rng), _step(rng))]


def _step(rng):
    return round(rng.uniform(0.5, 2), 2), round(rng.uniform(0.5, 2), 2)


def _steps(rng, number):
    """Steps whose numbers have either sign."""
    return [(round(rng.uniform(-2, 2), 3), round(rng.uniform(-2, 2), 3)) for _ in range(number)]


def oracle(first, then):
    """The line through what the two steps make of h = 0 and of h = 1."""
    ends = []
    for h in (0.0, 1.0):
        for a, b in (first, then):
            h = a * h + b
        ends.append(h)
    return ends[1] - ends[0], ends[0]


def by_combining(function, steps):
    """All states of a sequence, from zero, by joining one step after the other to what came before."""
    total, states = (1.0, 0.0), []
    for step in steps:
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
    p, q, r = _steps(rng, 3)
    left, right = learner.drive(in_two_groupings, p, q, r)
    close(left, right, what="combine(combine(p, q), r) against combine(p, combine(q, r))")
    close(left, oracle(oracle(p, q), r), what="combine(combine(p, q), r)")


@points(1, graded=True)
def test_sequence(learner, rng):
    """Joining all steps one after the other gives the states of the recurrence."""
    steps = _steps(rng, 12)
    h, states = 0.0, []
    for a, b in steps:
        h = a * h + b
        states.append(h)
    close(learner.drive(by_combining, steps), states, time=0, what="h")


@points(1, graded=True)
def test_special_steps(learner, rng):
    """The step (1, 0) changes nothing, and a step with a = 0 forgets what was before it."""
    p, q = _steps(rng, 2)
    for first, then in ((p, (1.0, 0.0)), ((1.0, 0.0), p), (p, (0.0, q[1])), ((0.0, q[1]), p), (p, q)):
        got, expected = _pair(learner(first, then)), oracle(first, then)
        close(got[0], expected[0], what=f"the new a of {first} and then {then}")
        close(got[1], expected[1], what=f"the new b of {first} and then {then}")
