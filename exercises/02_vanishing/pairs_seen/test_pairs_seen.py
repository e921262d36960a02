"""pairs_seen: every pair is looked at."""

from minirnn.course.checks import close, points, same_type, true

EXAMPLE = (10, 4, 2)
NO_REST = ((12, 4, 1), (12, 3, 2), (30, 10, 7))
REST = (EXAMPLE, (11, 4, 1), (23, 10, 2), (29, 10, 5))
NEVER = ((12, 4, 4), (12, 4, 5), (20, 6, 9), (7, 1, 1))
ONE_WINDOW = ((9, 9, 3), (9, 20, 3), (9, 20, 8), (1, 1, 0), (5, 7, 6 - 2))


def probe(rng):
    random = [(rng.randrange(40, 60), rng.randrange(7, 12), rng.randrange(1, 6)) for _ in range(4)]
    return [EXAMPLE, *NO_REST, *REST, *NEVER, *ONE_WINDOW, (17, 5, 0), *random]


def oracle(seq_len, window, distance):
    pairs = [(s, s + distance) for s in range(seq_len - distance)]
    borders = range(window, seq_len, window)  # each is the first step of a window
    return sum(not any(s < border <= t for border in borders) for s, t in pairs) / len(pairs)


def _check(learner, args):
    got = learner(*args)
    same_type(got, "float")
    seq_len, window, distance = args
    what = f"the share for {seq_len} steps, windows of {window} and the distance {distance}"
    close(got, oracle(*args), what=what)


@points(1)
def test_runs(learner):
    _check(learner, EXAMPLE)


@points(2)
def test_full_windows(learner):
    """Where the last window is as long as the others."""
    for args in NO_REST:
        _check(learner, args)


@points(2)
def test_rest(learner):
    """Where the last window is shorter."""
    for args in REST:
        _check(learner, args)


@points(1)
def test_never(learner):
    """Pairs that are too far apart."""
    for args in NEVER:
        _check(learner, args)


@points(1)
def test_corners(learner):
    """One window for all, and the distance 0."""
    for args in (*ONE_WINDOW, (17, 5, 0), (1, 4, 0)):
        _check(learner, args)


@points(1)
def test_long(learner):
    """A million steps, in the time that a loop over all of them takes."""
    got = learner(1_000_000, 1000, 250)
    same_type(got, "float")
    close(got, 750_000 / 999_750, what="the share for a million steps, windows of 1000 and the distance 250")
    true(learner(1_000_000, 1000, 1000) == 0, "The share for windows of 1000 and the distance 1000 is not 0.")


@points(2, graded=True)
def test_many(learner, rng):
    for _ in range(20):
        seq_len = rng.randrange(2, 80)
        _check(learner, (seq_len, rng.randrange(1, 20), rng.randrange(0, min(seq_len, 15))))
