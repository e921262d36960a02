"""Shares: by sending a single 1 through the mix, once from each place."""

from minirnn.course.checks import close, points, same_type, true, unchanged

EXAMPLE = [0.5, 0.8, 0.25]


def probe(rng):
    keeps = [[rng.uniform(0.1, 0.95) for _ in range(n)] for n in (3, 5, 6, 1)]
    return [(EXAMPLE,), *((keep,) for keep in keeps), ([0.7, 0.0, 0.4, 0.9],), ([0.3, 1.0, 0.6],), ([],)]


def oracle(keep):
    """The last state when the start, or one input, is 1 and all others are 0: that is its share."""
    found = []
    for place in range(-1, len(keep)):
        state = 1.0 if place == -1 else 0.0
        for t, k in enumerate(keep):
            state = k * state + (1 - k) * (1.0 if t == place else 0.0)
        found.append(state)
    return found


def _check(learner, keep, what, tolerance=1e-9):
    got = learner(keep)
    if not isinstance(got, tuple):
        same_type(got, "list")
    true(
        len(got) == len(keep) + 1,
        f"You return {len(got)} numbers for {len(keep)} steps, expected {len(keep) + 1}: one for the state "
        "before the first step, and one for each input.",
    )
    close(list(got), oracle(keep), tolerance, what=what)
    unchanged(learner)


@points(1)
def test_one_step(learner):
    """A single step: what is kept, and the rest."""
    _check(learner, [0.7], "the list of shares for a single step that keeps 0.7")


@points(2)
def test_two_steps(learner):
    """What a step lets in is kept by the step after it."""
    _check(learner, [0.9, 0.6], "the list of shares for the steps 0.9 and 0.6")


@points(2)
def test_example(learner):
    """The example."""
    _check(learner, EXAMPLE, "the list of shares of the example")


@points(1)
def test_open_and_shut(learner):
    """Keep numbers of exactly 0 and 1."""
    _check(learner, [0.7, 0.0, 0.4, 0.9], "the list of shares when step 1 keeps nothing")
    _check(learner, [0.3, 1.0, 0.6], "the list of shares when step 1 keeps everything")
    _check(learner, [0.0], "the list of shares when the only step keeps nothing")


@points(1)
def test_no_steps(learner):
    """Without a step all is still the start."""
    _check(learner, [], "the list of shares without any step")


@points(2)
def test_long(learner, rng):
    """Ten thousand steps, with no product that becomes 0 where it should not."""
    keep = [0.3 if t % 50 == 49 else rng.uniform(0.97, 0.999) for t in range(10_000)]
    got = learner(keep)
    true(len(got) == 10_001, f"You return {len(got)} numbers for 10,000 steps, expected 10,001.")
    right = _with_last(keep, 400)
    close(list(got)[-400:], right, 1e-9, what="the list of the last 400 shares of 10,000 steps")


def _with_last(keep, count):
    """The shares of the last inputs: those of a list that has no other steps, but for its start."""
    return oracle(keep[-count:])[1:]


@points(1, graded=True)
def test_many(learner, rng):
    """Other lists."""
    for _ in range(10):
        keep = [
            rng.choice([0.0, 1.0, *(rng.uniform(0, 1) for _ in range(6))]) for _ in range(rng.randint(1, 30))
        ]
        _check(learner, keep, "the list of shares")
