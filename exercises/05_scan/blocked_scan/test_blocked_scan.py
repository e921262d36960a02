"""The scan in blocks: against the plain loop, and against what each block makes of 0 and of 1."""

from minirnn.course.checks import close, points, true, unchanged


def _numbers(rng, time):
    """Decays of both signs, away from 0 and 1, and inputs."""
    a = [rng.uniform(0.6, 1.4) * rng.choice([-1.0, 1.0]) for _ in range(time)]
    return a, [rng.gauss(0, 1) for _ in range(time)]


def probe(rng):
    return [
        ([2.0, 2.0, 2.0, 2.0, 2.0], [1.0, 0.0, 3.0, 1.0, 1.0], 1.0, 2),
        (*_numbers(rng, 10), 1.5, 3),
    ]


def _after(a, b, begin, end, h):
    """The state after the steps from `begin` up to `end`, which is not walked any more."""
    for t in range(begin, end):
        h = a[t] * h + b[t]
    return h


def oracle(a, b, h0, block):
    """Each block from 0 and from 1 gives its straight line; each state is walked to from the beginning."""
    ends = [(k, min(k + block, len(b))) for k in range(0, len(b), block)]
    lines = [[_after(a, b, *both, h) for h in (0.0, 1.0)] for both in ends]
    summaries = [(one - zero, zero) for zero, one in lines]
    starts = [_after(a, b, 0, begin, h0) for begin, _ in ends]
    return summaries, starts, [_after(a, b, 0, t + 1, h0) for t in range(len(b))]


def _is_row(value):
    return isinstance(value, (list, tuple))


def _three(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 3 and all(_is_row(part) for part in got),
        "Return three lists, as in `return summaries, starts, h`.",
    )
    return got


def _shaped(learner, a, b, h0, block):
    """The answer, if its three parts are as long as they should be."""
    got, blocks = _three(learner(a, b, h0, block)), -(-len(b) // block)
    wanted = (("summaries", blocks), ("starts", blocks), ("h", len(b)))
    for part, (name, length) in zip(got, wanted, strict=True):
        true(
            len(part) == length,
            f"For T = {len(b)} and block = {block} there are {blocks} blocks, so {name} needs {length} "
            f"entries; yours has {len(part)}.",
        )
    true(all(_is_row(pair) and len(pair) == 2 for pair in got[0]), "Each summary is a pair (A, B).")
    return got


@points(1)
def test_runs(learner, rng):
    """It returns three lists."""
    _three(learner(*probe(rng)[0]))


@points(1)
def test_shape(learner, rng):
    """A pair and a start for each block, T states."""
    for args in probe(rng):
        _shaped(learner, *args)


@points(2)
def test_summaries(learner, rng):
    """Summarise: each block as one step."""
    for args in probe(rng):
        got, expected = _shaped(learner, *args)[0], oracle(*args)[0]
        for k in range(len(expected)):
            close(got[k][0], expected[k][0], what=f"A of block {k}")
            close(got[k][1], expected[k][1], what=f"B of block {k}")


@points(2)
def test_starts(learner, rng):
    """Carry: the state from which each block starts."""
    for args in probe(rng):
        got, expected = _shaped(learner, *args)[1], oracle(*args)[1]
        for k in range(len(expected)):
            close(got[k], expected[k], what=f"the start of block {k}")


@points(2)
def test_states(learner, rng):
    """Fill in: all states."""
    for args in probe(rng):
        close(_shaped(learner, *args)[2], oracle(*args)[2], time=0, what="h")


@points(1)
def test_unchanged(learner, rng):
    """The states are right, and the lists that came in are as they were."""
    args = probe(rng)[1]
    close(_shaped(learner, *args)[2], oracle(*args)[2], time=0, what="h")
    unchanged(learner)


@points(1, graded=True)
def test_lengths(learner, rng):
    """One block, blocks of one step, a last block that is shorter, more places in a block than steps."""
    for time, block in ((6, 6), (5, 1), (1, 1), (12, 4), (13, 4), (3, 8)):
        args = (*_numbers(rng, time), rng.gauss(0, 1), block)
        got, expected = _shaped(learner, *args), oracle(*args)
        close(got[0], expected[0], what=f"summaries for T = {time} and block = {block}")
        close(got[1], expected[1], what=f"starts for T = {time} and block = {block}")
        close(got[2], expected[2], time=0, what=f"h for T = {time} and block = {block}")
