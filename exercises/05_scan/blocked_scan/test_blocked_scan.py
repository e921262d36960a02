"""The scan in blocks: against the plain loop, and against what each block makes of 0 and of 1."""

from fractions import Fraction

from minirnn.course.checks import Wrong, close, kind, points, true, unchanged


def _numbers(rng, time):
    """Decays of both signs, away from 0 and 1, and inputs."""
    a = [rng.uniform(0.6, 1.4) * rng.choice([-1.0, 1.0]) for _ in range(time)]
    return a, [rng.gauss(0, 1) for _ in range(time)]


EXAMPLE = ([2.0, 2.0, 2.0, 2.0, 2.0], [1.0, 0.0, 3.0, 1.0, 1.0], 1.0, 2)
SIZES = [  # a decay of zero, a huge h0, a huge input; halves and doubles are exact
    ([0.7, -1.2, 0.9, 0.0, 1.3, 0.6, 1.1], [0.4, 1.6, -0.7, 2.5, 1.2, 0.9, -1.4], 1.5, 3),
    ([0.5, 2.0, 0.25, 0.5, 2.0, 0.5], [1.7, 0.6, -0.9, 2.3, 1.1, 0.4], 1e200, 2),
    ([0.5, 2.0, 0.25, 0.5, 2.0, 0.5], [1.7, 0.6, 1e200, 0.3, 1.1, 0.4], 1.3, 2),
]


def probe(rng):
    return [EXAMPLE, (*_numbers(rng, 10), 1.5, 3), *_whole(rng), (*_numbers(rng, 3), -0.7, 5), *SIZES]


def _whole(rng):
    """Blocks that are all of one length."""
    return [(*_numbers(rng, 6), 0.8, 3), (*_numbers(rng, 8), -1.3, 2)]


def _after(a, b, begin, end, h):
    """The state after the steps from `begin` up to `end`, which is not walked any more."""
    for t in range(begin, end):
        h = a[t] * h + b[t]
    return h


def oracle(a, b, h0, block):
    """Each block from 0 and from 1 gives its straight line; each state is walked to from the beginning."""
    ends = [(k, min(k + block, len(b))) for k in range(0, len(b), block)]
    exact = [[Fraction(number) for number in numbers] for numbers in (a, b)]
    lines = [[_after(*exact, *both, Fraction(h)) for h in (0, 1)] for both in ends]
    summaries = [(float(one - zero), float(zero)) for zero, one in lines]
    starts = [_after(a, b, 0, begin, h0) for begin, _ in ends]
    return summaries, starts, [_after(a, b, 0, t + 1, h0) for t in range(len(b))]


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
            wrong.message += ". A decay, or a product of decays, may be zero: nothing can be divided by it."
        if "IndexError" in wrong.message and len(args[1]) % args[3]:
            wrong.message += ". The last block has fewer than `block` steps."
        if "math domain error" in wrong.message:
            wrong.message += ". A decay may be zero or negative: it has no logarithm then."
        raise


def _pairs(part):
    return all(_is_row(pair) and len(pair) == 2 for pair in part)


def _three(got, blocks):
    """(summaries, starts, h) in this order, if they came in another: test_runs has said so."""
    got = _plain(got)
    true(
        _is_row(got) and len(got) == 3 and all(_is_row(part) for part in got),
        "Return three lists, as in `return summaries, starts, h`.",
    )
    if not _pairs(got[0]):
        got = sorted(got, key=lambda part: (not _pairs(part), len(part) != blocks))
    summaries, starts, h = got
    true(_pairs(summaries), "Each summary is a pair (A, B).")
    for name, part in (("starts", starts), ("h", h)):
        true(not any(map(_is_row, part)), f"Your {name} holds lists or pairs; it is one list of numbers.")
    return [summaries, starts, h]


def _shaped(learner, a, b, h0, block):
    """The answer, if its three parts are as long as they should be."""
    blocks = -(-len(b) // block)
    got = _three(_explained(learner, a, b, h0, block), blocks)
    wanted = (("summaries", blocks), ("starts", blocks), ("h", len(b)))
    for part, (name, length) in zip(got, wanted, strict=True):
        short = " The last block may be shorter than the others." if len(b) % block else ""
        true(
            len(part) == length,
            f"For T = {len(b)} and block = {block} there are {blocks} blocks, so {name} needs {length} "
            f"entries; yours has {len(part)}.{short}",
        )
    return got


def _turned(pairs, expected):
    """Whether the summaries are right but for being (B, A)."""
    numbers = [x for pair in pairs for x in pair]
    right = [x for pair in expected for x in pair[::-1]]
    try:
        return all(abs(x - y) <= 1e-9 * (1 + abs(y)) for x, y in zip(numbers, right, strict=True))
    except (TypeError, ValueError):  # no numbers, or not as many, which the checks will say
        return False


def _check_summaries(got, expected):
    if _turned(got, expected):  # test_summaries has said so
        got = [pair[::-1] for pair in got]
    for k in range(len(expected)):
        close(got[k][0], expected[k][0], what=f"A of block {k}")
        close(got[k][1], expected[k][1], what=f"B of block {k}")


def _check_starts(got, expected):
    for k in range(len(expected)):
        close(got[k], expected[k], what=f"the start of block {k}")


def _check(got, expected):
    _check_summaries(got[0], expected[0])
    _check_starts(got[1], expected[1])
    close(got[2], expected[2], time=0, what="h")


@points(1)
def test_runs(learner, rng):
    """It returns three lists."""
    got = learner(*_whole(rng)[0])
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    ordered = _three(got, 2)
    true(
        ordered[0] == _plain(got[0]),
        "Your three lists are in another order; expected (summaries, starts, h).",
    )
    for each in got:
        true(_is_row(each), f"There is an {kind(each)} in what your function returned, expected three lists.")


@points(1)
def test_shape(learner, rng):
    """A pair and a start for each block, T states."""
    for args in (_whole(rng)[1], EXAMPLE, probe(rng)[1]):
        _shaped(learner, *args)


@points(2)
def test_summaries(learner, rng):
    """Summarise: each block as one step."""
    for args in _whole(rng):
        got, expected = _shaped(learner, *args)[0], oracle(*args)[0]
        true(not _turned(got, expected), "Your summaries are (B, A); expected (A, B): the decay comes first.")
        _check_summaries(got, expected)


@points(1)
def test_starts(learner, rng):
    """Carry: the state from which each block starts."""
    for args in _whole(rng):
        _check_starts(_shaped(learner, *args)[1], oracle(*args)[1])


@points(1)
def test_states(learner, rng):
    """Fill in: all states."""
    for args in _whole(rng):
        close(_shaped(learner, *args)[2], oracle(*args)[2], time=0, what="h")


@points(1)
def test_lengths(learner, rng):
    """A last block that is shorter, one block, blocks of one step, more places in a block than steps."""
    sizes = ((10, 3), (6, 6), (5, 1), (1, 1), (3, 8))
    for args in (EXAMPLE, *((*_numbers(rng, time), rng.gauss(0, 1), block) for time, block in sizes)):
        _check(_shaped(learner, *args), oracle(*args))


@points(1)
def test_sizes(learner):
    """A decay of zero, a huge state, a huge input, and a product of all decays that is zero to a computer."""
    many = ([0.01, -0.02] * 100, [1.0, 0.3] * 100, 0.5, 8)
    for args in (*SIZES, many):
        _check(_shaped(learner, *args), oracle(*args))


@points(1)
def test_unchanged(learner, rng):
    """The answer is right, and the lists that came in are as they were."""
    args = _whole(rng)[1]
    _check(_shaped(learner, *args), oracle(*args))
    unchanged(learner)


@points(1, graded=True)
def test_other_numbers(learner, rng):
    """Other lengths and blocks."""
    for time, block in ((12, 4), (13, 4), (7, 9), (9, 2)):
        args = (*_numbers(rng, time), rng.gauss(0, 1), block)
        _check(_shaped(learner, *args), oracle(*args))
