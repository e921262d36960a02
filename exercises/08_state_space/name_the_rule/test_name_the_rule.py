"""Recordings that are made: an equation is stepped by its rule, and the name must come back."""

import math

from minirnn.course.checks import Wrong, points, same_type, true

NAMES = ("euler", "bilinear", "hold", "same")


def _factor(rule, z):
    """What a step leaves of a state, by what the rule says of the slope; z: the step times A."""
    if rule == "euler":
        return 1 + z
    if rule == "bilinear":
        return (1 + z / 2) / (1 - z / 2)
    return math.exp(z)


def _record(a, m, length):
    values = [m]
    for _ in range(length - 1):
        values.append(values[-1] * a)
    return values


def _case(rule, z, inner=None, m=(1.0, 1.0), lengths=(5, 5)):
    """Both recordings; inner: for "same", by which rule."""
    made = inner if rule == "same" else rule
    factors = _factor(made, z), _factor(made, z if rule == "same" else z / 2)
    return tuple(_record(a, loud, n) for a, loud, n in zip(factors, m, lengths, strict=True))


def _coarse_after(rule, a):
    """The a of coarse that a rule makes of that of fine, or None; z is looked for by halving."""
    if rule == "same":
        return a
    low, high = -40.0, -1e-9
    if not _factor(rule, low) < a < _factor(rule, high):
        return None
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if _factor(rule, middle) < a else (low, middle)
    return _factor(rule, 2 * low)


def _margin(coarse, fine):
    """How far the second best answer is off, and which answer is the best."""
    long, short = (values[1] / values[0] for values in (coarse, fine))
    found = {rule: _coarse_after(rule, short) for rule in NAMES}
    misses = sorted((abs(value - long), rule) for rule, value in found.items() if value is not None)
    return (misses[1][0] if len(misses) > 1 else math.inf), misses[0][1]


def oracle(coarse, fine):
    return _margin(coarse, fine)[1]


FIXED = [
    ("euler", ([1.0, 0.0, 0.0], [1.0, 0.5, 0.25])),
    ("bilinear", ([3.0, 1.0], [5.0, 3.0, 1.8])),
    ("hold", ([2.0, 0.72, 0.2592], [2.0, 1.2, 0.72])),
    ("same", ([2.0, 1.2, 0.72], [-1.0, -0.6])),
]
LONG_STEPS = [("euler", -3.0), ("euler", -4.0), ("euler", -6.5), ("bilinear", -3.0), ("bilinear", -5.0)]
SAME = [
    ("euler", -0.6),
    ("euler", -2.6),
    ("bilinear", -3.4),
    ("bilinear", -0.8),
    ("hold", -0.9),
    ("euler", -2.0),
]


def _random(rng, rule):
    """A case that only one answer fits."""
    while True:
        inner = rng.choice(NAMES[:3])
        z = -math.exp(rng.uniform(math.log(0.3), math.log(5)))
        m = tuple(rng.choice([-1, 1]) * rng.uniform(0.3, 4) for _ in range(2))
        lengths = rng.randint(2, 12), rng.randint(2, 12)
        coarse, fine = _case(rule, z, inner, m, lengths)
        margin, best = _margin(coarse, fine)
        if margin > 0.002 and best == rule:
            return coarse, fine


def probe(rng):
    cases = [case for _, case in FIXED]
    cases += [_case(rule, z) for rule, z in LONG_STEPS]
    cases += [_case("same", z, inner) for inner, z in SAME]
    cases += [_case(rule, z) for rule in NAMES[:3] for z in (-0.5, -1.0, -1.7)]
    return [*cases, *(_random(rng, rule) for rule in NAMES for _ in range(4))]


def _ask(learner, case, rule):
    margin, best = _margin(*case)
    true(best == rule and margin > 0.001, "The check is wrong: two rules fit. Please tell the authors.")
    try:
        got = learner(*case)
    except Wrong as wrong:
        if "ZeroDivisionError" not in wrong.message:
            raise
        why = "After the first value there may be zeros, and an a may be -1: look at what you divide by"
        raise Wrong(f"{wrong.message}. {why}.", kind="raised", where=wrong.where) from None
    same_type(got, "str")
    known = ", ".join(f'"{name}"' for name in NAMES)
    true(got in NAMES, f'You return "{got}", expected one of {known}.')
    long, short = (values[1] / values[0] for values in case)
    true(
        got == rule,
        f'You say "{got}", but this is "{rule}": a is {long:.6g} in coarse and {short:.6g} in fine.',
    )


@points(1)
def test_runs(learner):
    """The first example."""
    _ask(learner, FIXED[0][1], "euler")


@points(2)
def test_examples(learner):
    """The other examples."""
    for rule, case in FIXED[1:]:
        _ask(learner, case, rule)


@points(2)
def test_short_steps(learner):
    """Steps so short that every a lies between 0 and 1."""
    for z in (-0.9, -0.7, -0.5):
        for rule in NAMES[:3]:
            _ask(learner, _case(rule, z), rule)
            _ask(learner, _case("same", z, rule), "same")


@points(1)
def test_loudness(learner):
    """The two recordings begin with different numbers."""
    for rule in NAMES:
        _ask(learner, _case(rule, -0.8, "euler", (2.0, -0.5), (4, 6)), rule)


@points(2)
def test_long_steps(learner):
    """Steps so long that a is 0 or negative, or below -1."""
    for rule, z in LONG_STEPS:
        _ask(learner, _case(rule, z), rule)
    for inner, z in SAME:
        _ask(learner, _case("same", z, inner), "same")


@points(1)
def test_two_numbers(learner):
    """Recordings of two numbers only."""
    for rule in NAMES:
        _ask(learner, _case(rule, -1.2, "bilinear", (1.5, 1.5), (2, 2)), rule)


@points(1, graded=True)
def test_many(learner, rng):
    """Other recordings."""
    for _ in range(8):
        for rule in NAMES:
            _ask(learner, _random(rng, rule), rule)
