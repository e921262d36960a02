"""Three rules, each made from what it says of the slope: no formula of a or b is used."""

from minirnn.course.checks import Wrong, close, points, same_type, true

RULES = ("euler", "bilinear", "hold")
EXAMPLE = (-2, 6, 0.25)


def probe(rng):
    cases = [EXAMPLE, (-0.7, 1.0, 0.6), (-3 + 2j, 0.5 - 1j, 0.4), _equation(rng), (-1.3, 0.8, 2.0)]
    return [(*case, rule) for case in cases for rule in RULES]


def _equation(rng):
    A = complex(-rng.uniform(0.2, 3), rng.uniform(-4, 4))
    return A, complex(rng.uniform(0.3, 2), rng.uniform(-1, 1)), rng.uniform(0.1, 0.9)


def _end(A, B, delta, rule, h, x):
    """The state at the end of a step that starts at h, with the input x."""

    def slope(at):
        return A * at + B * x

    if rule == "euler":
        return h + delta * slope(h)
    if rule == "bilinear":
        # How far a guess of the end is from the end that follows from it is a straight line of the guess.
        def off(end):
            return end - h - delta * (slope(h) + slope(end)) / 2

        return -off(0) / (off(1) - off(0))
    count = 2000
    small = delta / count
    for _ in range(count):  # Runge and Kutta's four slopes
        one = slope(h)
        two = slope(h + small / 2 * one)
        three = slope(h + small / 2 * two)
        four = slope(h + small * three)
        h += small / 6 * (one + 2 * two + 2 * three + four)
    return h


def oracle(A, B, delta, rule):
    return _end(A, B, delta, rule, 1, 0), _end(A, B, delta, rule, 0, 1)


def _pair(got):
    """The two numbers of an answer."""
    true(got is not None, "You return nothing (None), expected the tuple (a, b). Is a return missing?")
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} numbers, expected two: a and b.")
    try:
        return [complex(number) for number in got]
    except (TypeError, ValueError):
        raise Wrong("a and b must be two numbers.") from None


def _check(learner, A, B, delta, rule, only=(0, 1)):
    got, expected = _pair(learner(A, B, delta, rule)), oracle(A, B, delta, rule)
    for which in only:
        close(
            got[which],
            expected[which],
            what=f'the number {"ab"[which]} for A = {A:.4g} and the rule "{rule}"',
        )


@points(1)
def test_runs(learner):
    """It returns two numbers."""
    for rule in RULES:
        _pair(learner(*EXAMPLE, rule))


@points(1)
def test_euler(learner):
    """The slope at the start of the step."""
    for case in (EXAMPLE, (-0.7, 1.0, 0.6), (-1.3, 0.8, 2.0)):
        _check(learner, *case, "euler")


@points(2)
def test_bilinear(learner):
    """The mean of two slopes: first without an input, then with one."""
    for only in ((0,), (1,)):
        for case in (EXAMPLE, (-0.7, 1.0, 0.6), (-1.3, 0.8, 2.0)):
            _check(learner, *case, "bilinear", only)


@points(2)
def test_hold(learner):
    """The true solution: first without an input, then with one."""
    for only in ((0,), (1,)):
        for case in (EXAMPLE, (-0.7, 1.0, 0.6), (-1.3, 0.8, 2.0)):
            _check(learner, *case, "hold", only)


@points(2)
def test_complex(learner, rng):
    """An equation that swings while it decays, or swings for ever."""
    for case in ((-3 + 2j, 0.5 - 1j, 0.4), (1.5j, 2, 0.5), _equation(rng)):
        for rule in RULES:
            _check(learner, *case, rule)


@points(1, graded=True)
def test_many(learner, rng):
    """The same for other equations, short steps and long ones."""
    for _ in range(5):
        A, B, delta = _equation(rng)
        for rule in RULES:
            _check(learner, A, B, delta, rule)
            _check(learner, A.real, B.real, 3 * delta, rule)
