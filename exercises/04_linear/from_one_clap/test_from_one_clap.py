"""One clap tells everything: against boxes that are really run on the claps."""

from minirnn.course.checks import close, points, true, unchanged

EXAMPLE = ([4.0, 2.0, 1.0, 0.5], [4.0, 8.0, 4.0, 2.0], 1, 6.0, [1.0, 2.0])


def run(weights, past, x):
    """y_t = sum of weights[k] y_{t-1-k}, + x_t; past: the values before step 0, the latest first."""
    y = list(reversed(past))
    for now in x:
        y.append(now + sum(w * old for w, old in zip(weights, reversed(y), strict=False)))
    return y[len(past) :]


def recorded(weights, past, time, when, loudness, x):
    """The arguments for this box, and its answer."""
    clap = [0.0] * time
    clap[when] = loudness
    arguments = run(weights, past, [0.0] * time), run(weights, past, clap), when, loudness, x
    return arguments, run(weights, past, x)


def made(rng, order, time, when, loudness, number=None, quiet=False):
    weights = [rng.uniform(-0.8, 0.8) / order for _ in range(order)]
    past = [0.0 if quiet else rng.uniform(0.5, 2) * rng.choice((-1, 1)) for _ in range(order)]
    x = [rng.uniform(0.5, 2) * rng.choice((-1, 1)) for _ in range(number or time - when)]
    return recorded(weights, past, time, when, loudness, x)


def probe(rng):
    return [
        EXAMPLE,
        made(rng, 2, 6, 0, 1.0, quiet=True)[0],
        made(rng, 2, 6, 0, 1.0)[0],
        made(rng, 2, 7, 0, 2.5)[0],
        made(rng, 2, 7, 2, 1.0)[0],
        made(rng, 3, 9, 3, -1.7)[0],
        made(rng, 3, 9, 2, 0.6, number=4)[0],
    ]


def oracle(silence, clap, when, loudness, x):
    """Put the claps together one after the other: a list of louder and later answers, added up."""
    total = list(silence[: len(x)])
    for s, now in enumerate(x):
        for k in range(len(x) - s):
            total[s + k] += now / loudness * (clap[when + k] - silence[when + k])
    return total


def _check(learner, case, what):
    arguments, expected = case
    got = learner(*arguments)
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    close(got, expected, 1e-8, time=0, what=what)


@points(1)
def test_runs(learner):
    """The example."""
    _check(learner, (EXAMPLE, [5.0, 4.5]), "the answer of the example")


@points(1)
def test_quiet(learner, rng):
    """Nothing sounds from before, and the clap was 1 at step 0."""
    for order in (1, 2):
        _check(learner, made(rng, order, 6, 0, 1.0, quiet=True), "the answer of a silent box")


@points(1)
def test_from_before(learner, rng):
    """Something sounds from before."""
    _check(learner, made(rng, 2, 6, 0, 1.0), "the answer of a box that still sounds")


@points(1)
def test_loudness(learner, rng):
    """The clap was louder, or negative."""
    for loudness in (2.5, -0.4):
        _check(learner, made(rng, 2, 7, 0, loudness), f"the answer, from a clap of {loudness},")


@points(1)
def test_when(learner, rng):
    """The clap came later, and the claps may be few."""
    _check(learner, made(rng, 2, 7, 2, 1.0), "the answer, from a clap at step 2,")
    _check(learner, made(rng, 2, 9, 3, 1.0, number=2), "the answer to two claps")
    _check(learner, made(rng, 2, 5, 4, 2.0), "the answer to a single clap")


@points(1)
def test_unchanged(learner, rng):
    """The answer is right, and the recordings are as they were."""
    _check(learner, made(rng, 2, 9, 3, 1.5), "the answer")
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    """Boxes that nobody has seen."""
    for _ in range(6):
        time = rng.randrange(5, 30)
        when = rng.randrange(time - 1)
        _check(learner, made(rng, rng.randrange(1, 5), time, when, rng.uniform(0.5, 3)), "the answer")
