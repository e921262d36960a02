"""The best block: against counting the calls of a scan that is really walked through, block by block."""

from minirnn.course.checks import equal, points, true


def probe(rng):
    return [(n,) for n in (1, 2, 3, 5, 8, 16, 17, 30, 31, 50, 72, 100, 257, 1000, rng.randrange(60, 400))]


def counted(seq_len, block):
    """The calls that a blocked scan makes, counted one by one over lists of steps."""
    steps = list(range(seq_len))
    blocks = [steps[k : k + block] for k in range(0, seq_len, block)]
    calls = len(max(blocks, key=len)[1:])  # summarise
    calls += sum(1 for _ in blocks[1:])  # carry
    return calls + len(max(blocks, key=len))  # fill in


def oracle(seq_len):
    """For few steps by counting; for many by going up from the number of blocks, one length for each."""
    if seq_len <= 400:
        found = [(counted(seq_len, block), block) for block in range(1, seq_len + 1)]
        calls, block = min(found)
        return block, calls
    lengths = {(seq_len + blocks - 1) // blocks for blocks in range(1, seq_len + 1)}
    calls, block = min((2 * n + (seq_len + n - 1) // n - 2, n) for n in lengths)
    return block, calls


def _pair(got):
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    got = got.tolist() if hasattr(got, "tolist") else got
    true(
        isinstance(got, (tuple, list)) and len(got) == 2,
        f"Return two numbers, as in `return block, calls`; you returned {got!r}.",
    )
    return tuple(got)


def _check(learner, seq_len):
    block, calls = _pair(learner(seq_len))
    expected = oracle(seq_len)
    equal(calls, expected[1], what=f"the number of calls for T = {seq_len:,}")
    equal(block, expected[0], what=f"the length of a block for T = {seq_len:,}")


@points(1)
def test_runs(learner):
    """The example."""
    true(_pair(learner(8)) != (6, 2), "You return (calls, block); expected (block, calls).")
    _check(learner, 8)


@points(1)
def test_few_steps(learner):
    """So few steps that the loop is as good as anything."""
    for seq_len in (1, 2, 3, 5):
        _check(learner, seq_len)


@points(2)
def test_last_block_shorter(learner):
    """The last block is shorter, and counts."""
    for seq_len in (17, 31, 50, 257):
        _check(learner, seq_len)


@points(1)
def test_shortest_of_equals(learner):
    """Several lengths are equally good."""
    for seq_len in (16, 30, 72, 100):
        _check(learner, seq_len)


@points(1)
def test_long(learner):
    """A thousand steps, 4,096, and a million."""
    for seq_len in (1000, 4096, 1_000_000):
        _check(learner, seq_len)


@points(2, graded=True)
def test_many(learner, rng):
    """Lengths that nobody has seen."""
    for _ in range(15):
        _check(learner, rng.randrange(1, 400))
    _check(learner, rng.randrange(100_000, 1_000_000))
