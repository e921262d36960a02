"""Two steps in one: against the line that the two steps make of h, in exact fractions."""

from fractions import Fraction

from minirnn.course.checks import Wrong, close, points, true


def probe(rng):
    p, q = _steps(rng, 2)
    return [
        ((0.5, 3.0), (4.0, 1.0)),
        (_step(rng), _step(rng)),
        (_step(rng), _step(rng)),
        (p, q),
        *SPECIAL,
        *SIZES,
    ]


SPECIAL = [
    ((0.7, 1.3), (0.0, 2.6)),
    ((0.0, 2.6), (0.7, 1.3)),
    ((0.0, 1.7), (0.0, 0.4)),
    ((0.7, 1.3), (1.0, 0.0)),
    ((1.0, 0.0), (0.7, 1.3)),
    ((-0.7, 1.3), (-1.2, -0.4)),
]
SIZES = [((0.5, 1e200), (0.25, 3.0)), ((0.3, 2.5), (0.6, 1e200)), ((1e-300, 1e30), (1e-25, 2.5))]


def _step(rng):
    return round(rng.uniform(0.5, 2), 2), round(rng.uniform(0.5, 2), 2)


def _steps(rng, number):
    """Steps whose numbers have either sign."""
    return [(rng.uniform(-2, 2), rng.uniform(-2, 2)) for _ in range(number)]


def oracle(first, then):
    """The line through what the two steps make of h = 0 and of h = 1."""
    ends = []
    for h in (Fraction(0), Fraction(1)):
        for step in (first, then):
            h = Fraction(step[0]) * h + Fraction(step[1])
        ends.append(h)
    return float(ends[1] - ends[0]), float(ends[0])


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


def _explained(learner, *args):
    """What comes back, with a word on what cannot be done with decays that are zero or negative."""
    try:
        return learner(*args)
    except Wrong as wrong:
        if "ZeroDivision" in wrong.message:
            wrong.message += ". A decay, or a product of decays, may be zero: nothing can be divided by it."
        if "math domain error" in wrong.message:
            wrong.message += ". A decay may be zero or negative: it has no logarithm then."
        raise


def _pair(got):
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    two = isinstance(got, (tuple, list)) or hasattr(got, "shape")
    true(two and getattr(got, "shape", (2,)) == (2,) and len(got) == 2, "Return a pair, as in `return a, b`.")
    return got


def _is_close(one, other):
    try:
        return abs(one - other) <= 1e-9 * (1 + abs(other))
    except TypeError:  # not a number, which close will say
        return False


def _ordered(got, expected):
    """The two numbers, turned round if that alone was wrong: test_runs has said so."""
    new_a, new_b = _pair(got)
    turned = _is_close(new_a, expected[1]) and _is_close(new_b, expected[0])
    return (new_b, new_a) if turned else (new_a, new_b)


@points(1)
def test_runs(learner):
    """It returns a pair, and not (b, a)."""
    new_a, new_b = _pair(learner((0.5, 3.0), (4.0, 1.0)))
    true(
        not (_is_close(new_a, 13.0) and _is_close(new_b, 2.0)),
        "You return (b, a); expected (a, b): the decay comes first.",
    )


@points(1)
def test_decay(learner, rng):
    """The new a."""
    for first, then in probe(rng)[:4]:
        expected = oracle(first, then)
        close(_ordered(_explained(learner, first, then), expected)[0], expected[0], what="the new a")


@points(1)
def test_input(learner, rng):
    """The new b."""
    for first, then in probe(rng)[:4]:
        expected = oracle(first, then)
        close(_ordered(_explained(learner, first, then), expected)[1], expected[1], what="the new b")


def _shown(step):
    return "({:.5g}, {:.5g})".format(*step)


def _check(learner, first, then):
    expected = oracle(first, then)
    new_a, new_b = _ordered(_explained(learner, first, then), expected)
    close(new_a, expected[0], what=f"the new a of {_shown(first)} and then {_shown(then)}")
    close(new_b, expected[1], what=f"the new b of {_shown(first)} and then {_shown(then)}")


@points(1)
def test_special_steps(learner):
    """The step (1, 0) changes nothing, one with a = 0 forgets what was before it, and a may be negative."""
    for first, then in SPECIAL:
        _check(learner, first, then)


@points(1)
def test_sizes(learner):
    """Huge and tiny numbers."""
    for first, then in SIZES:
        _check(learner, first, then)


@points(1, graded=True)
def test_sequence(learner, rng):
    """Joined in any grouping, three steps are the same; all steps joined give the states of a recurrence."""
    for first, then in zip(_steps(rng, 5), _steps(rng, 5), strict=True):
        _check(learner, first, then)
    p, q, r = _steps(rng, 3)
    left, right = learner.drive(in_two_groupings, p, q, r)
    close(left, right, what="combine(combine(p, q), r) against combine(p, combine(q, r))")
    close(left, oracle(oracle(p, q), r), what="combine(combine(p, q), r)")
    steps = _steps(rng, 12)
    h, states = 0.0, []
    for a, b in steps:
        h = a * h + b
        states.append(h)
    close(learner.drive(by_combining, steps), states, time=0, what="h")
