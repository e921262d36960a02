"""The detective of brackets: against operations whose laws are known, and composed as maps."""

from minirnn.course.checks import Wrong, kind, points, true, unchanged


def made(n, operation):
    return [[operation(x, y) % n for y in range(n)] for x in range(n)]


def the_sum(n):
    return made(n, lambda x, y: x + y)


def the_larger(n):
    return made(n, max)


def the_mean(n):
    return made(n, lambda x, y: (x + y) // 2)


def the_difference(n):
    return made(n, lambda x, y: x - y)


def the_later(n):
    return made(n, lambda x, y: y)


def spoiled(n, x, y):
    """The larger of two, but x and y make 0."""
    table = the_larger(n)
    table[x][y] = 0
    return table


def drawn(rng, n):
    return [[rng.randrange(n) for _ in range(n)] for _ in range(n)]


def commutative(rng, n):
    """Order never matters, brackets do."""
    table = drawn(rng, n)
    return [[table[min(x, y)][max(x, y)] for y in range(n)] for x in range(n)]


def machines(rng):
    """Machines h -> a h + b on a clock with three hours, nine in all, under shuffled names."""
    names = list(range(9))
    rng.shuffle(names)
    pairs = {names[3 * a + b]: (a, b) for a in range(3) for b in range(3)}
    back = {pair: name for name, pair in pairs.items()}
    table = [[0] * 9 for _ in range(9)]
    for x, (a, b) in pairs.items():
        for y, (a2, b2) in pairs.items():
            table[x][y] = back[a2 * a % 3, (a2 * b + b2) % 3]
    return table


def late(rng, n):
    """Fails only far down the list: the larger of two, with one spoiled entry near the end."""
    return spoiled(n, n - 1, n - 2)


def probe(rng):
    return [
        (the_difference(3),),
        (the_mean(4),),
        (drawn(rng, 4),),
        (commutative(rng, 5),),
        (the_later(4),),
        (the_sum(5),),
        (late(rng, 6),),
        (spoiled(5, 2, 4),),
        (spoiled(4, 3, 1),),
        (drawn(rng, 3),),
        (machines(rng),),
        ([[1, 1], [1, 0]],),
        ([[0]],),
    ]


def oracle(table):
    """By maps: putting x before something, then z behind it, is the same as the other way round."""
    n = len(table)
    behind = [[row[z] for row in table] for z in range(n)]  # behind[z][u]: z put behind u
    bad = [
        (x, y, z)
        for z in reversed(range(n))
        for x in reversed(range(n))
        for y in range(n)
        if behind[z][table[x][y]] != table[x][behind[z][y]]
    ]
    return min(bad, default=None)


def _plain(got):
    if hasattr(got, "tolist"):
        got = got.tolist()
    return tuple(got) if isinstance(got, (list, tuple)) else got


def _results(table, triple):
    x, y, z = triple
    return table[table[x][y]][z], table[x][table[y][z]]


def _check(learner, table, what):
    got, expected = _plain(learner(table)), oracle(table)
    if expected is None:
        true(got is None, f"{what}: brackets may move there, so None is expected; you returned {got}.")
        return
    one, two = _results(table, expected)
    why = f"{what}: {expected} is expected, as (x y) z is {one} there and x (y z) is {two}"
    true(got is not None, f"{why}; you returned None.")
    size = len(table)
    good = isinstance(got, tuple) and len(got) == 3 and all(kind(u) == "int" and 0 <= u < size for u in got)
    true(good, f"{what}: a triple of whole numbers below {size} is expected; you returned {got!r}.")
    one, two = _results(table, got)
    true(one != two, f"{why}; you returned {got}, for which both are {one}.")
    true(got == expected, f"{why}; you returned {got}, where they differ, too, but which comes later.")


@points(1)
def test_runs(learner):
    """A triple comes back for the difference."""
    got = learner(the_difference(3))
    true(got is not None, "For the example you returned None; expected (0, 0, 1).")
    if not isinstance(got, (tuple, list)) and not hasattr(got, "tolist"):
        raise Wrong(f"You returned a value of type {kind(got)}, expected a triple such as (0, 0, 1).")


@points(2)
def test_five(learner):
    """The five operations of the list."""
    for name, operation in (
        ("the sum", the_sum),
        ("the larger", the_larger),
        ("the mean", the_mean),
        ("the difference", the_difference),
        ("the later one", the_later),
    ):
        for n in (3, 5):
            _check(learner, operation(n), f"{name} of {n} things")


@points(2)
def test_first(learner, rng):
    """The first of all triples, wherever it stands."""
    for table in (late(rng, 6), spoiled(5, 2, 4), spoiled(4, 3, 1), [[1, 1], [1, 0]]):
        _check(learner, table, f"the table {table}")


@points(1)
def test_order_is_not_brackets(learner, rng):
    """Operations whose order does not matter, but whose brackets do; and the other way round."""
    _check(learner, commutative(rng, 5), "an operation whose order never matters")
    _check(learner, machines(rng), "machines (a, b), whose order matters,")


@points(1)
def test_sizes(learner, rng):
    """One thing alone, and thirty."""
    _check(learner, [[0]], "a single thing")
    _check(learner, the_larger(30), "the larger of 30 things")
    _check(learner, late(rng, 30), "a table of 30 things")


@points(1)
def test_unchanged(learner, rng):
    """The answer is right, and the table is as it was."""
    _check(learner, the_mean(4), "the mean of 4 things")
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    """Tables that nobody has seen."""
    for n in (2, 2, 3, 3, 4, 7):
        _check(learner, drawn(rng, n), "a drawn table")
        _check(learner, commutative(rng, n), "a drawn table whose order does not matter")
    for _ in range(3):
        x, y = rng.sample(range(8), 2)
        _check(learner, spoiled(8, x, y), "a table that is right but for one entry")
    _check(learner, machines(rng), "machines (a, b)")
