"""which_clip: logs that were made by each rule; what else explains them is found by their factors."""

import math

from minirnn.course.checks import Wrong, equal, points, same_type, true, unchanged

RULES = ("none", "norm", "value", "always", "late")
EXAMPLE = ([[3.0, 4.0], [0.3, 0.4]], [[-0.06, -0.08], [-0.03, -0.04]], 0.1, 1.0)


def _stepped(rule, g, rate, limit):
    """What a rule makes of one gradient: one factor for all numbers, or each moved to the border."""
    if rule == "value":
        return [-rate * sorted((-limit, x, limit))[1] for x in g]
    length = math.sqrt(math.fsum(x * x for x in g))
    factor = {
        "none": 1.0,
        "norm": limit / max(limit, length),
        "always": limit / (length or 1.0),
        "late": limit / max(limit, rate * length),
    }
    return [-rate * factor[rule] * x for x in g]


def oracle(gradients, steps, rate, limit):
    def off(rule):
        made = [_stepped(rule, g, rate, limit) for g in gradients]
        return max(math.dist(mine, taken) for mine, taken in zip(made, steps, strict=True))

    return [rule for rule in RULES if off(rule) < 1e-5]


def _log(rng, rule, gradients, rate, limit):
    """Arguments: what that rule did with these gradients, rounded."""
    made = [_stepped(rule, g, rate, limit) for g in gradients]
    return gradients, [[round(x, 9) for x in row] for row in made], rate, limit


def _arrow(rng, length, numbers=3):
    """A gradient that points between the axes."""
    g = [rng.uniform(0.3, 1.0) * rng.choice((-1, 1)) for _ in range(numbers)]
    return [x * length / math.hypot(*g) for x in g]


def _mixed(rng, limit=1.0, numbers=3):
    """Long, short and very long gradients, in an order by chance: each rule is told from all others."""
    lengths = [
        limit * x for x in (0.3, rng.uniform(0.4, 0.9), rng.uniform(1.9, 2.5), 8.0, rng.uniform(20, 60))
    ]
    rng.shuffle(lengths)
    return [_arrow(rng, length, numbers) for length in lengths]


def _cases(rng):
    """Logs by what they are."""
    cases = {f"made by {rule!r}": _log(rng, rule, _mixed(rng), 0.3, 1.0) for rule in RULES}
    cases |= {
        f"made by {rule!r} with the limit 0.5": _log(rng, rule, _mixed(rng, 0.5), 0.8, 0.5) for rule in RULES
    }
    cases |= {
        f"made by {rule!r} with the rate 2": _log(rng, rule, _mixed(rng, 2.0), 2.0, 2.0) for rule in RULES
    }
    short = [_arrow(rng, length) for length in (0.2, 0.5, 0.8)]
    cases["of short gradients"] = _log(rng, "none", short, 0.3, 1.0)
    cases["of short gradients, made by 'always'"] = _log(rng, "always", short, 0.3, 1.0)
    long = [_arrow(rng, length) for length in (6.0, 9.0)]
    cases["of long gradients"] = _log(rng, "norm", long, 0.3, 1.0)
    axis = [[0.0, -7.0, 0.0], [3.0, 0.0, 0.0]]
    cases["of gradients along one axis"] = _log(rng, "value", axis, 0.3, 1.0)
    cases["of a single number"] = _log(rng, "norm", [[4.0], [-2.5], [0.5]], 0.3, 1.0)
    cases["with a gradient of zeros"] = _log(rng, "always", [*_mixed(rng), [0.0, 0.0, 0.0]], 0.3, 1.0)
    cases["with nothing but zeros"] = _log(rng, "none", [[0.0, 0.0]], 0.3, 1.0)
    middle = [_arrow(rng, 2.0), _arrow(rng, 0.5)]  # too long for the gradient, short enough for the step
    cases["of gradients whose steps are short"] = _log(rng, "late", middle, 0.3, 1.0)
    strange = _log(rng, "norm", _mixed(rng), 0.3, 1.0)
    strange[1][-1] = [-x for x in strange[1][-1]]
    cases["that goes uphill in one step"] = strange
    return cases


def probe(rng):
    return [EXAMPLE, *_cases(rng).values()]


def _check(learner, args, which):
    got = learner(*args)
    true(
        got is not None,
        "Your function returned nothing (None), expected a list of rules: is a return missing?",
    )
    got = list(got) if isinstance(got, tuple) else got
    same_type(got, "list")
    strangers = [word for word in got if word not in RULES]
    true(not strangers, f"{strangers[:1]} is none of the rules {', '.join(RULES)}.")
    true(len(set(got)) == len(got), f"The list {got} names a rule twice.")
    expected = oracle(*args)
    true(
        sorted(got, key=RULES.index) == expected,
        f"For a log {which} you return {got}, expected {expected}.",
    )
    equal(got, expected, "the list of rules")


@points(1)
def test_runs(learner):
    """The example."""
    _check(learner, EXAMPLE, "as in the example")


def _group(learner, rng, names):
    cases = _cases(rng)
    for which in cases:
        if names(which):
            _check(learner, cases[which], which)


@points(2)
def test_one_rule(learner, rng):
    """Logs that only one rule explains."""
    _group(learner, rng, lambda which: which.startswith("made by") and " with " not in which)


@points(1)
def test_other_limits(learner, rng):
    """The same with other limits and rates."""
    _group(learner, rng, lambda which: which.startswith("made by") and " with " in which)


@points(2)
def test_more_than_one(learner, rng):
    """Logs that cannot tell."""
    _group(learner, rng, lambda which: which.startswith("of "))


@points(1)
def test_zeros(learner, rng):
    """A gradient of zeros, among others and alone."""
    try:
        _group(learner, rng, lambda which: which.startswith("with "))
    except Wrong as wrong:
        if wrong.kind != "raised":
            raise
        advice = "A gradient of zeros has the length 0. It stays as it is: look before you divide."
        message = f"{wrong.message.rstrip('.')}. {advice}"
        raise Wrong(message, kind=wrong.kind, where=wrong.where) from None


@points(1)
def test_no_rule(learner, rng):
    """A log that nothing explains, and the arguments as they were."""
    _group(learner, rng, lambda which: which.startswith("that "))
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    for _ in range(4):
        for rule in RULES:
            limit, rate = rng.choice((0.25, 1.0, 3.0)), rng.choice((0.2, 0.5, 2.0))
            args = _log(rng, rule, _mixed(rng, limit, rng.randrange(2, 6)), rate, limit)
            _check(learner, args, f"made by {rule!r}")
