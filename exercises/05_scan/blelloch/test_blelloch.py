"""Blelloch's tree: every state that is handed down against a walk from the very beginning."""

from minirnn.course.checks import Wrong, close, kind, points, true, unchanged


def _numbers(rng, time):
    """Decays of both signs, away from 0 and 1, and inputs."""
    a = [rng.uniform(0.6, 1.4) * rng.choice([-1.0, 1.0]) for _ in range(time)]
    return a, [rng.gauss(0, 1) for _ in range(time)]


def probe(rng):
    return [
        ([2.0, 2.0, 2.0, 2.0], [1.0, 0.0, 3.0, 1.0], 1.0),
        (*_numbers(rng, 8), 1.5),
        (*_numbers(rng, 2), 2.0),
        (*_numbers(rng, 1), -0.7),
        *SPECIAL,
        ([1.5, 0.5], [1e200, 2.5], 1.5),
    ]


SPECIAL = [  # tiny decays, and a step that forgets all
    ([0.8, 1e-25, 1.3, 1e-25], [1.7, 0.6, -2.5, 1.1], 2.3),
    ([0.7, 1.2, -0.9, 0.0, 1.3, 0.6, 1.1, 0.8], [0.4, 1.6, -0.7, 2.5, 1.2, 0.9, -1.4, 0.3], 1.5),
]


def oracle(a, b, h0):
    """A loop over time. In the row of n nodes, node j starts after j T / n steps."""
    time, states = len(b), [h0]
    for a_t, b_t in zip(a, b, strict=True):
        states.append(a_t * states[-1] + b_t)
    rows, nodes = [], 1
    while nodes <= time:
        rows.append([states[j * time // nodes] for j in range(nodes)])
        nodes *= 2
    return rows, states[1:]


def depth_and_work(function, time):
    """The longest chain of operations that wait for each other, the number of all operations, and h."""
    made = [0]

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
            made[0] += 1
            return value

        return result

    for name in ("add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"):
        setattr(Number, f"__{name}__", counted(getattr(float, f"__{name}__")))
    a, b = ([Number(x) for _ in range(time)] for x in (0.5, 1.0))
    rows, h = function(a, b, Number(1.0))
    work = made[0]
    return max(getattr(x, "depth", 0) for row in [*rows, h] for x in row), work, [float(x) for x in h]


def _is_row(value):
    return isinstance(value, (list, tuple))


def _plain(value):
    """The same with lists for arrays: test_runs has asked for lists."""
    value = value.tolist() if getattr(value, "shape", ()) else value
    return [_plain(item) for item in value] if _is_row(value) else value


def _explained(learner, *args):
    """What comes back, with a word on what cannot be done with decays that are zero or negative."""
    try:
        return learner(*args)
    except Wrong as wrong:
        if "ZeroDivision" in wrong.message:
            wrong.message += ". A decay may be zero: no step can be undone by a division."
        if "math domain error" in wrong.message:
            wrong.message += ". A decay may be zero or negative: it has no logarithm then."
        raise


def _two(got):
    """rows and h, turned round if they came as (h, rows): test_runs has said so."""
    got = _plain(got)
    true(
        _is_row(got) and len(got) == 2 and all(_is_row(part) for part in got),
        "Return two things, as in `return rows, h`.",
    )
    rows, h = got[::-1] if _turned(got) else got
    true(all(_is_row(row) for row in rows), "`rows` is a list of rows, and each row is a list.")
    true(
        not any(_is_row(item) for row in [*rows, h] for item in row),
        "Your rows or your h hold pairs or lists. They hold numbers: each node is handed one.",
    )
    return rows, h


def _turned(got):
    return any(map(_is_row, got[1])) and not any(map(_is_row, got[0]))


def _shaped(learner, a, b, h0):
    """The answer, if its rows are 1, 2, 4, ... long."""
    rows, h = _two(_explained(learner, a, b, h0))
    time = len(b)
    lengths, wanted = [len(row) for row in rows], [2**k for k in range(time.bit_length())]
    said = f"For T = {time} your rows have the lengths {lengths}, expected {wanted}: "
    reason = {
        str(wanted[::-1]): "they come from the leaves to the root, and the root's row must come first.",
        str(wanted[1:]): "the row of the root, [h0], is missing.",
        str(wanted[:-1]): "the row of the leaves, the states before each step, is missing.",
    }.get(str(lengths), "each row has twice as many nodes as the one above.")
    if wanted == [1]:
        reason = "the root is the only leaf, so there is one row."
    true(lengths == wanted, said + reason)
    true(len(h) == time, f"For T = {time} your h has {len(h)} numbers, expected {time}.")
    return rows, h


def _aligned(learner, *args):
    """The answer, its rows turned round or with the root's row in front: test_shape has asked for that."""
    rows, h = _two(_explained(learner, *args))
    lengths, wanted = [len(row) for row in rows], [2**k for k in range(len(args[1]).bit_length())]
    if lengths == wanted[::-1]:
        rows = rows[::-1]
    elif lengths == wanted[1:]:
        rows = [[args[2]], *rows]
    return _shaped(lambda *_: (rows, h), *args)


def _check_rows(got, expected):
    for k, row in enumerate(expected[0]):
        close(got[0][k], row, what=f"row {k} of the way down")


def _check(got, expected):
    _check_rows(got, expected)
    close(got[1], expected[1], time=0, what="h")


@points(1)
def test_runs(learner, rng):
    """It returns rows and h, lists of numbers."""
    got = learner(*probe(rng)[0])
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    _two(got)
    true(not _turned(_plain(got)), "You return (h, rows); expected (rows, h).")
    for each in (*got, *got[0]):
        true(_is_row(each), f"There is an {kind(each)} in what your function returned, expected lists.")


@points(1)
def test_shape(learner, rng):
    """Rows of 1, 2, 4, ... numbers, and T states."""
    for args in probe(rng)[:2]:
        _shaped(learner, *args)


@points(1)
def test_two_steps(learner, rng):
    """The smallest tree: a root with two leaves."""
    args = probe(rng)[2]
    _check(_aligned(learner, *args), oracle(*args))


@points(2)
def test_way_down(learner, rng):
    """Every row on the way down."""
    for args in probe(rng)[:2]:
        _check_rows(_aligned(learner, *args), oracle(*args))


@points(1)
def test_states(learner, rng):
    """The states after each step."""
    for args in probe(rng)[:2]:
        close(_two(_explained(learner, *args))[1], oracle(*args)[1], time=0, what="h")


@points(1)
def test_zero_decays(learner):
    """Tiny decays, and one of zero."""
    for args in SPECIAL:
        _check(_aligned(learner, *args), oracle(*args))


@points(1)
def test_lengths(learner, rng):
    """One step, and larger trees."""
    for time in (4, 16, 32, 1):
        args = (*_numbers(rng, time), rng.gauss(0, 1))
        if time == 1:
            _shaped(learner, *args)
        _check(_aligned(learner, *args), oracle(*args))


@points(1)
def test_unchanged(learner, rng):
    """The states are right, and the lists that came in are as they were."""
    args = probe(rng)[1]
    close(_two(_explained(learner, *args))[1], oracle(*args)[1], time=0, what="h")
    unchanged(learner)


@points(2)
def test_depth_and_work(learner):
    """Few rounds, and few operations in all."""
    chain, work, h = learner.drive(depth_and_work, 256)
    close(h, oracle([0.5] * 256, [1.0] * 256, 1.0)[1], time=0, what="h")
    true(
        chain <= 64,
        f"For T = 256 your longest chain of operations, each waiting for the one before, has {chain} links. "
        "Up and down a tree of 8 levels takes about 34. Make the rows in the tree, not in a loop over time.",
    )
    true(
        work <= 12 * 256,
        f"For T = 256 you make {work} additions and multiplications. The tree needs about 7 for each step, "
        "some 1800. Is anything computed again that a row on the way up already holds?",
    )


@points(1, graded=True)
def test_other_numbers(learner, rng):
    """Other trees, and a decay of zero at any place."""
    for time in (8, 64, 2, 1):
        a, b = _numbers(rng, time)
        a[rng.randrange(time)] = 0.0
        args = (a, b, rng.gauss(0, 1))
        _check(_shaped(learner, *args), oracle(*args))
