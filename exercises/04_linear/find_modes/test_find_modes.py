"""Two modes from four numbers: against the modes that the numbers were made from."""

from minirnn.course.checks import Wrong, close, points, true, unchanged

EXAMPLE = [2.0, 3.0, 5.0, 9.0]
GOLDEN = 5**0.5
ADVICE = (
    "You divide by something that is 0 here. Any of the four numbers may be 0: solve the two equations "
    "without dividing by one of them."
)
CASES = {
    "the example": (1.0, 1.0, 1.0, 2.0),
    "both positive": (1.5, 0.8, 0.4, 0.9),
    "both negative": (0.7, 1.2, -0.9, -0.3),
    "one of each": (2.0, 0.5, -0.7, 0.8),
    "the larger size negative": (1.0, 1.5, -0.9, 0.4),
    "amounts of both signs": (-1.3, 0.6, 0.3, 0.85),
    "growing": (0.5, 1.5, 0.6, 1.7),
}
ZEROS = {
    "y_0 is 0": (1.0, -1.0, 0.4, 0.9),
    "y_1 is 0": (0.9, -0.4, 0.4, 0.9),
    "y_2 is 0": (0.81, -0.16, 0.4, 0.9),
    "one mode is 0": (1.5, 0.7, 0.0, 0.8),
    "opposite modes": (1.5, 0.7, -0.6, 0.6),
}


def record(C, D, r, s):
    return [C + D, C * r + D * s, C * r**2 + D * s**2, C * r**3 + D * s**3]


def made(rng):
    """A recording whose modes are apart, and its modes."""
    r = rng.uniform(-1.2, 0.9)
    s = rng.uniform(r + 0.25, r + 1.2)
    C, D = (rng.uniform(0.5, 2) * rng.choice((-1, 1)) for _ in range(2))
    return record(C, D, r, s)


def probe(rng):
    recordings = [record(*case) for case in (*CASES.values(), *ZEROS.values())]
    return [(y,) for y in (*recordings, [0.0, 1.0, 1.0, 2.0], made(rng), made(rng))]


def oracle(y):
    """The two places where the determinant of the moved recordings is 0, found by halving intervals.

    Between two modes z^2 - p z - q is below 0, outside of them above; the middle is p / 2.
    """
    moved = [[y[0], y[1]], [y[1], y[2]], [y[2], y[3]]]

    def value(z):  # the determinant |1 z z^2; y0 y1 y2; y1 y2 y3|
        (a, b), (c, d), (e, f) = moved
        return (c * f - d * e) - z * (a * f - b * e) + z * z * (a * d - b * c)

    lead = moved[0][0] * moved[1][1] - moved[0][1] * moved[1][0]
    middle = (moved[0][0] * moved[2][1] - moved[0][1] * moved[2][0]) / lead / 2
    found = []
    for side in (-1, 1):
        inside, outside = middle, middle + side * 16
        for _ in range(90):
            between = (inside + outside) / 2
            inside, outside = (between, outside) if value(between) / lead < 0 else (inside, between)
        found.append((inside + outside) / 2)
    return tuple(found)


def _check(learner, y, expected, what):
    try:
        got = learner(y)
    except Wrong as wrong:
        if "ZeroDivisionError" not in wrong.message:
            raise
        raise Wrong(f"{wrong.message.rstrip('.')}. {ADVICE}", kind=wrong.kind, where=wrong.where) from None
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    pair = hasattr(got, "__len__") and len(got) == 2
    true(pair, f"Return the two modes as a pair (r, s); you returned {got!r:.80}.")
    true(not any(isinstance(z, complex) for z in got), f"You return {tuple(got)}; expected two real numbers.")
    close(list(got), list(expected), 1e-6, what=f"the pair of modes ({what})")


@points(1)
def test_runs(learner):
    """The example: one plus the powers of two."""
    _check(learner, EXAMPLE, (1.0, 2.0), "the example")


@points(1)
def test_fibonacci(learner):
    """The golden ratio and its brother."""
    _check(learner, [0.0, 1.0, 1.0, 2.0], ((1 - GOLDEN) / 2, (1 + GOLDEN) / 2), "Fibonacci")


@points(2)
def test_signs(learner):
    """Positive and negative modes and amounts; the recording is as it was."""
    for what, case in CASES.items():
        _check(learner, record(*case), sorted(case[2:]), what)
    unchanged(learner)


@points(2)
def test_zeros(learner):
    """Where a number of the recording, or a mode, is 0."""
    for what, case in ZEROS.items():
        _check(learner, record(*case), sorted(case[2:]), what)


@points(2, graded=True)
def test_many(learner, rng):
    """Recordings that nobody has seen."""
    for _ in range(12):
        y = made(rng)
        _check(learner, y, oracle(y), "a new recording")
