"""The rounds of Hillis and Steele: row r against a loop over the last 2^r steps of each t."""

from minirnn.course.checks import close, points, true, unchanged


def _numbers(rng, time):
    """Decays of both signs, away from 0 and 1, and inputs."""
    a = [rng.uniform(0.5, 1.5) * rng.choice([-1.0, 1.0]) for _ in range(time)]
    return a, [rng.gauss(0, 1) for _ in range(time)]


def probe(rng):
    return [
        ([2.0, 2.0, 2.0, 2.0], [1.0, 0.0, 3.0, 1.0]),
        _numbers(rng, 6),
        _numbers(rng, 8),
    ]


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


def _is_row(value):
    return isinstance(value, (list, tuple))


def _rows(got, time):
    """The rows, if there are as many as there should be, each as long as it should be."""
    true(
        _is_row(got) and all(_is_row(row) for row in got),
        "Return a list of rows, and each row holds T numbers.",
    )
    rounds = (time - 1).bit_length()
    true(
        len(got) == rounds + 1,
        f"For T = {time} you returned {len(got)} rows. There are {rounds} rounds (d doubles from 1 as long "
        f"as it is smaller than T), so {rounds + 1} rows with the start.",
    )
    for r, row in enumerate(got):
        true(
            len(row) == time, f"Row {r} has {len(row)} numbers, but T is {time}: a row has one for each step."
        )
    return got


def _check(learner, a, b):
    rows, expected = _rows(learner(a, b), len(b)), oracle(a, b)
    for r in range(len(expected)):
        close(
            rows[r], expected[r], time=0, what=f"b in row {r}" + (f", after d = {2 ** (r - 1)}" if r else "")
        )


@points(1)
def test_runs(learner, rng):
    """It returns rows."""
    got = learner(*probe(rng)[0])
    true(
        _is_row(got) and all(_is_row(row) for row in got),
        "Return a list of rows, and each row holds T numbers.",
    )


@points(1)
def test_shape(learner, rng):
    """One row for the start and one for each round, T numbers in each."""
    for a, b in probe(rng):
        _rows(learner(a, b), len(b))


@points(1)
def test_first_round(learner, rng):
    """The row of the start and the row after d = 1."""
    for a, b in probe(rng):
        rows, expected = _rows(learner(a, b), len(b)), oracle(a, b)
        close(rows[0], expected[0], time=0, what="b in row 0")
        close(rows[1], expected[1], time=0, what="b in row 1, after d = 1")


@points(2)
def test_all_rounds(learner, rng):
    """Every row, and with the last one h."""
    for a, b in probe(rng):
        _check(learner, a, b)


@points(1)
def test_unchanged(learner, rng):
    """The rows are right, and the lists that came in are as they were."""
    _check(learner, *probe(rng)[2])
    unchanged(learner)


@points(1, graded=True)
def test_lengths(learner, rng):
    """One step, and lengths that are no power of two."""
    for time in (1, 2, 3, 5, 13, 16, 33):
        _check(learner, *_numbers(rng, time))


@points(1, graded=True)
def test_depth(learner):
    """No long chain of operations: each round adds one multiplication and one addition."""
    chain, h = learner.drive(longest_chain, 64)
    close(h, oracle([0.5] * 64, [1.0] * 64)[-1], time=0, what="h")
    true(
        chain <= 24,
        f"For T = 64 your longest chain of operations, each waiting for the one before, has {chain} links. "
        "Six rounds need 12. Make each row from the row before it, not by walking through the steps.",
    )
