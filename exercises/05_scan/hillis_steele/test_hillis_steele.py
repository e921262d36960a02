"""The rounds of Hillis and Steele: row r against a loop over the last 2^r steps of each t."""

from minirnn.course.checks import Wrong, close, kind, points, true, unchanged


def _numbers(rng, time):
    """Decays of both signs, away from 0 and 1, and inputs."""
    a = [rng.uniform(0.5, 1.5) * rng.choice([-1.0, 1.0]) for _ in range(time)]
    return a, [rng.gauss(0, 1) for _ in range(time)]


def probe(rng):
    return [
        ([2.0, 2.0, 2.0, 2.0], [1.0, 0.0, 3.0, 1.0]),
        _numbers(rng, 6),
        _numbers(rng, 8),
        _numbers(rng, 1),
        _with_zero(rng),
        ([1.5, 1e200, 0.5], [1e200, 2.5, 1.5]),
    ]


def _with_zero(rng):
    """Nine steps, the fourth of which forgets all."""
    a, b = _numbers(rng, 9)
    a[3] = 0.0
    return a, b


def oracle(a, b):
    """After round r the pair at t covers the last 2^r steps: walk through them from zero."""
    rows, reach = [], 1
    while True:
        row = []
        for t in range(len(b)):
            h = 0.0
            for s in range(max(0, t - reach + 1), t + 1):
                h = a[s] * h + b[s]
            row.append(h)
        rows.append(row)
        if reach >= len(b):
            return rows
        reach *= 2


def longest_chain(function, time):
    """The most multiplications and additions of which each one waits for the one before; and h."""

    class Number(float):
        """A number that knows how many operations it had to wait for."""

        depth = 0

    def counted(operation):
        def result(*numbers):
            value = operation(*numbers)
            if value is NotImplemented:
                return value
            value = Number(value)
            value.depth = 1 + max(getattr(x, "depth", 0) for x in numbers)
            return value

        return result

    for name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"):
        setattr(Number, f"__{name}__", counted(getattr(float, f"__{name}__")))
    rows = function(*([Number(x) for _ in range(time)] for x in (0.5, 1.0)))
    return max(getattr(x, "depth", 0) for row in rows for x in row), [float(x) for x in rows[-1]]


def last_row(function, a, b):
    """h alone, as numbers of Python: all rows would be a lot to send."""
    return [float(x) for x in function(a, b)[-1]]


def _is_row(value):
    return isinstance(value, (list, tuple))


def _plain(value):
    """The same with lists for arrays: test_runs has asked for lists."""
    value = value.tolist() if getattr(value, "shape", ()) else value
    return [_plain(item) for item in value] if _is_row(value) else value


def _rows(got):
    """The rows, whatever they hold."""
    rows = _plain(got)
    true(
        _is_row(rows) and bool(rows) and all(_is_row(row) for row in rows),
        "Return a list of rows, one for the start and one for each round; each row holds T numbers.",
    )
    return rows


def _alike(row, other):
    try:
        return len(row) == len(other) and all(
            abs(x - y) <= 1e-9 * (1 + abs(y)) for x, y in zip(row, other, strict=True)
        )
    except TypeError:  # not a number, which close will say
        return False


def _aligned(got, expected):
    """The rows, with the start in front and without rounds that change nothing: other rungs ask for that."""
    rows = _rows(got)
    if len(expected) > 1 and _alike(rows[0], expected[1]) and not _alike(rows[0], expected[0]):
        rows.insert(0, expected[0])
    while len(rows) > len(expected) and _alike(rows[-1], expected[-1]):
        rows.pop()
    return rows


def _counted(rows, time):
    """There are as many rows as there should be."""
    rounds = (time - 1).bit_length()
    true(
        len(rows) == rounds + 1,
        f"For T = {time} you returned {len(rows)} rows. There are {rounds} rounds (d doubles from 1 as long "
        f"as it is smaller than T), so {rounds + 1} rows with the start.",
    )
    for r, row in enumerate(rows):
        true(len(row) == time, f"Row {r} has {len(row)} numbers, but T is {time}: each step has one.")


def _check(rows, expected, first=0):
    _counted(rows, len(expected[0]))
    for r in range(first, len(expected)):
        what = f"b in row {r}" + (f", after d = {2 ** (r - 1)}" if r else "")
        close(rows[r], expected[r], time=0, what=what)


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


@points(1)
def test_runs(learner, rng):
    """It returns a list of rows, lists of numbers."""
    got = learner(*probe(rng)[0])
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    rows = _rows(got)
    true(
        not any(_is_row(item) for row in rows for item in row),
        "Your rows hold pairs or lists. A row holds T numbers: the b of each pair.",
    )
    for each in (got, *got):
        true(_is_row(each), f"Your function returned rows in an {kind(each)}, expected lists.")


@points(1)
def test_first_round(learner, rng):
    """The row of the start and the row after d = 1."""
    for args in (probe(rng)[0], probe(rng)[2]):
        rows, expected = _rows(_explained(learner, *args)), oracle(*args)
        true(
            _alike(rows[0], expected[0]) or not _alike(rows[0], expected[1]),
            "Your first row is the one after the round with d = 1. The row of the start is missing: rows[0] "
            "is b itself.",
        )
        close(rows[0], expected[0], time=0, what="the first row, b from before any round,")
        true(len(rows) > 1, "You returned one row alone, so the row after the round with d = 1 is missing.")
        close(rows[1], expected[1], time=0, what="b in row 1, after d = 1")


@points(1)
def test_all_rounds(learner, rng):
    """Every row, and with the last one h."""
    for args in (probe(rng)[0], probe(rng)[2]):
        expected = oracle(*args)
        _check(_aligned(_explained(learner, *args), expected), expected)


@points(1)
def test_lengths(learner, rng):
    """One step, and lengths that are no power of two: a row for the start and one for each round."""
    for time in (3, 6, 5, 8, 13, 2, 1):
        args = _numbers(rng, time)
        rows = _rows(_explained(learner, *args))
        _counted(rows, time)
        _check(rows, oracle(*args))


@points(1)
def test_zero_decays(learner, rng):
    """Decays of zero, tiny ones, and so many that their product is zero to a computer."""
    tiny = ([0.7, 1e-300, 1e-300, 1.3, -0.8, 1.1, 0.9, 1.2], [1.5, 0.5, 2.5, -1.5, 0.7, 1.1, -0.3, 0.9])
    for args in (tiny, _zero_and_eight(rng)):
        expected = oracle(*args)
        _check(_aligned(_explained(learner, *args), expected), expected)
    many = [0.5, -0.7] * 1024, [1.0, 0.3] * 1024
    h, states = 0.0, []
    for decay, number in zip(*many, strict=True):
        h = decay * h + number
        states.append(h)
    last = _explained(learner.drive, last_row, *many)
    close(last, states, time=0, what="the last row for T = 2048")


def _zero_and_eight(rng):
    a, b = _with_zero(rng)
    return a[:8], b[:8]


@points(1)
def test_unchanged(learner, rng):
    """The rows are right, and the lists that came in are as they were."""
    args = probe(rng)[2]
    expected = oracle(*args)
    _check(_aligned(_explained(learner, *args), expected), expected)
    unchanged(learner)


@points(1)
def test_depth(learner):
    """No long chain of operations: each round adds one multiplication and one addition."""
    chain, h = learner.drive(longest_chain, 64)
    close(h, oracle([0.5] * 64, [1.0] * 64)[-1], time=0, what="h")
    true(
        chain <= 24,
        f"For T = 64 your longest chain of operations, each waiting for the one before, has {chain} links. "
        "Six rounds need 12. Make each row from the row before it, not by walking through the steps.",
    )


@points(1, graded=True)
def test_many_lengths(learner, rng):
    """Other lengths and other numbers."""
    for time in (4, 7, 11, 16, 17, 33):
        args = _numbers(rng, time)
        _check(_rows(_explained(learner, *args)), oracle(*args))
