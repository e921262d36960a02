"""Brackets of two pieces: against crossing out in the text itself."""

from minirnn.course.checks import kind, points, true


def probe(rng):
    return [
        ((1, 3), (2, 1)),
        ((0, 2), (5, 0)),
        ((0, 5), (2, 0)),
        ((2, 1), (4, 3)),
        ((3, 6), (1, 2)),
        ((4, 0), (0, 7)),
        ((4, 2), (0, 7)),
        ((2, 3), (3, 5)),
        ((0, 0), (3, 2)),
        ((3, 2), (0, 0)),
        ((rng.randrange(9), rng.randrange(9)), (rng.randrange(9), rng.randrange(9))),
        HUGE,
    ]


HUGE = ((10**33 + 1, 3 * 10**32 + 5), (2 * 10**31 + 7, 10**30 + 3))


def text(pair):
    return ")" * pair[0] + "(" * pair[1]


def oracle(first, then):
    """Write both pieces and cross out until nothing changes; huge numbers by walking their difference."""
    if max(*first, *then) > 10**6:
        depth_between = first[1] - then[0]  # positive: some stay open; negative: some stay closed
        return first[0] + max(0, -depth_between), then[1] + max(0, depth_between)
    left, before = text(first) + text(then), None
    while left != before:
        left, before = left.replace("()", ""), left
    return left.count(")"), left.count("(")


def walked(function, pieces):
    """All results so far, from pairs of pieces; in two groupings."""
    forwards = [tuple(pieces[0])]
    for piece in pieces[1:]:
        forwards.append(tuple(function(forwards[-1], piece)))
    backwards = tuple(pieces[-1])
    for piece in reversed(pieces[:-1]):
        backwards = tuple(function(piece, backwards))
    return [[int(x) for x in pair] for pair in [*forwards, backwards]]


def _pair(got):
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    got = got.tolist() if hasattr(got, "tolist") else got
    two = isinstance(got, (tuple, list)) and len(got) == 2
    true(two, f"Return a pair of two whole numbers, as in `return 1, 2`; you returned {got!r}.")
    for number in got:
        true(kind(number) == "int", f"{number!r} is not a whole number: brackets are counted.")
    return tuple(got)


def _check(learner, first, then):
    got, expected = _pair(learner(first, then)), oracle(first, then)
    if max(*first, *then) < 12:
        what = f"`{text(first)}` and then `{text(then)}`"
        left = text(expected) or "nothing"
        true(got == expected, f"{what} leave `{left}`: expected {expected}, you returned {got}.")
    exact = " Floats keep 16 digits; whole numbers of Python keep all." if max(expected) > 10**16 else ""
    true(got == expected, f"For {first} and then {then} you returned {got}, expected {expected}.{exact}")


@points(1)
def test_runs(learner):
    """A pair comes back, and not (opening, closing)."""
    got = _pair(learner((1, 3), (2, 1)))
    true(got != (2, 1), "You return (opening, closing); expected (closing, opening): `)` is left of `(`.")


@points(1)
def test_nothing_to_cross_out(learner):
    """Nothing meets in the middle."""
    for first, then in (((4, 0), (0, 7)), ((0, 0), (3, 2)), ((3, 2), (0, 0)), ((3, 0), (2, 5))):
        _check(learner, first, then)


@points(2)
def test_cross_out(learner, rng):
    """More opening ones in the middle, more closing ones, and as many."""
    for first, then in probe(rng)[:8]:
        _check(learner, first, then)


@points(1)
def test_huge(learner):
    """Huge numbers, of which every digit counts."""
    _check(learner, *HUGE)


@points(1)
def test_brackets_may_move(learner, rng):
    """A text in pieces: each result so far, and joined from the other end."""
    pieces = [(0, 1), (0, 2), (1, 0), (2, 1), (0, 3), (4, 0), (1, 1), (0, 2)]
    got = learner.drive(walked, pieces)
    expected, so_far = [], (0, 0)
    for piece in pieces:
        so_far = oracle(so_far, piece)
        expected.append(list(so_far))
    for t, (one, other) in enumerate(zip(got, expected, strict=False)):
        true(one == other, f"After piece {t} of {pieces} the pair is {tuple(one)}, expected {tuple(other)}.")
    true(got[-1] == expected[-1], f"Joined from the last piece on, {pieces} are {tuple(got[-1])}.")


@points(2, graded=True)
def test_many(learner, rng):
    """Pieces that nobody has seen."""
    for _ in range(12):
        first, then = ((rng.randrange(30), rng.randrange(30)) for _ in range(2))
        _check(learner, first, then)
