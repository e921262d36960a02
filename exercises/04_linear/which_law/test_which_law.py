"""The laws of a box: recordings of boxes that are known to keep or to break them."""

import math

from minirnn.course.checks import points, same_type, true, unchanged

WORDS = ("none", "sum", "time", "both")


def hall(x):
    """Two old values, both faded: keeps both laws."""
    y = []
    for t, now in enumerate(x):
        y.append(0.9 * (y[t - 1] if t else 0.0) - 0.5 * (y[t - 2] if t > 1 else 0.0) + now)
    return y


def overdriven(x):
    h, y = 0.0, []
    for now in x:
        h = math.tanh(0.8 * h + now)
        y.append(h)
    return y


def largest(x):
    """The loudest so far: twice as loud gives twice as much, and still the sum law is broken."""
    return [max([0.0, *x[: t + 1]]) for t in range(len(x))]


def without_sign(x):
    return [abs(y) for y in hall(x)]


def curtain(x):
    """The decay changes as time goes on."""
    h, y = 0.0, []
    for t, now in enumerate(x):
        h = (0.95 if t % 3 else 0.3) * h + now
        y.append(h)
    return y


def tremolo(x):
    return [y * math.cos(0.9 * t) for t, y in enumerate(hall(x))]


def curtain_overdriven(x):
    return [math.tanh(y) for y in curtain(x)]


BOXES = {
    "none": (hall, lambda x: [3.0 * y for y in x]),
    "sum": (overdriven, largest, without_sign),
    "time": (curtain, tremolo),
    "both": (curtain_overdriven,),
}


def gaps(one, other, both, later, delay):
    """By how much each law is missed, at most and at the step where it is missed least."""
    silent = [*(0.0 for _ in range(delay)), *one]
    by_sum = [math.fsum((z, -x, -y)) for x, y, z in zip(one, other, both, strict=True)]
    by_time = [math.fsum((u, -v)) for u, v in zip(later, silent, strict=False)]
    return [max(map(abs, gap)) for gap in (by_sum, by_time)]


def oracle(one, other, both, later, delay):
    by_sum, by_time = gaps(one, other, both, later, delay)
    return WORDS[(by_sum > 0.005) + 2 * (by_time > 0.005)]


def recorded(box, a, b, delay):
    """The four recordings, rounded."""
    both = [x + y for x, y in zip(a, b, strict=True)]
    later = ([0.0] * delay + a)[: len(a)]
    return *([round(y, 4) for y in box(x)] for x in (a, b, both, later)), delay


def made(rng, word, time, number=0):
    """Arguments for a box that breaks just these laws, visibly: each gap is below 0.001 or above 0.02."""
    while True:
        a, b = ([round(rng.choice((0.0, rng.uniform(-2, 2))), 1) for _ in range(time)] for _ in range(2))
        arguments = recorded(BOXES[word][number], a, b, rng.randrange(1, max(2, time - 1)))
        sizes = gaps(*arguments)
        if oracle(*arguments) == word and all(size < 0.0009 or size > 0.02 for size in sizes):
            return arguments


EXAMPLE = ([1.0, 0.5, 0.25, 0.125], [0.0, 2.0, 1.0, 0.5], [1.0, 2.5, 1.25, 0.625], [0.0, 0.0, 1.0, 0.25], 2)
ROUNDED = ([0.3333, 0.1111], [0.3333, 0.1111], [0.6667, 0.2222], [0.0, 0.3334], 1)
AT_ONE_STEP = (
    ([1.0, 0.5, 0.25, 0.125], [2.0, 1.0, 0.5, 0.25], [3.0, 1.5, 0.75, 0.4], [0.0, 1.0, 0.5, 0.25], 1),
    ([1.0, 0.5, 0.25, 0.125], [2.0, 1.0, 0.5, 0.25], [3.0, 1.5, 0.75, 0.375], [0.0, 1.0, 0.5, 0.2], 1),
    ([1.0, 0.5, 0.25, 0.125], [2.0, 1.0, 0.5, 0.25], [2.9, 1.5, 0.75, 0.375], [0.0, 1.1, 0.5, 0.25], 1),
    ([1.0, 0.5, 0.25, 0.125], [-1.0, 1.0, 0.5, 0.25], [0.1, 1.4, 0.75, 0.375], [0.0, 1.1, 0.4, 0.25], 1),
    ([1.0, 0.5, 0.25, 0.125], [2.0, 1.0, 0.5, 0.25], [3.0, 1.5, 0.75, 0.375], [0.0, 0.3, 1.0, 0.5], 2),
    ([0.0, 1.0, 0.5, 0.25], [2.0, 1.0, 0.5, 0.25], [2.0, 2.2, 0.9, 0.5], [0.0, 0.0, 0.0, 1.2], 2),
)
# Moved by as much as it should not be: not at all, backwards, and by one step.
MOVED = (
    ([1.0, 0.5, 0.25, 0.1], [2.0, 1.0, 0.5, 0.2], [3.0, 1.5, 0.75, 0.3], [1.0, 0.5, 0.25, 0.1], 1),
    ([1.0, 0.5, 0.25, 0.1], [2.0, 1.0, 0.5, 0.2], [3.0, 1.5, 0.75, 0.3], [0.5, 0.25, 0.1, 0.0], 1),
    ([1.0, 0.5, 0.25, 0.1], [2.0, 1.0, 0.5, 0.2], [3.0, 1.5, 0.75, 0.3], [0.0, 1.0, 0.5, 0.25], 2),
)


def probe(rng):
    return [
        EXAMPLE,
        *MOVED,
        ROUNDED,
        *AT_ONE_STEP,
        *(made(rng, word, time) for word in WORDS for time in (6, 11)),
        *(made(rng, "sum", 8, number) for number in (1, 2)),
        made(rng, "time", 8, 1),
        made(rng, "none", 8, 1),
    ]


def _check(learner, arguments, what):
    got, expected = learner(*arguments), oracle(*arguments)
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    same_type(got, "str")
    true(got in WORDS, f"{got!r} is none of the four words: {', '.join(WORDS)}.")
    by_sum, by_time = gaps(*arguments)
    why = f"the sum law is missed by {by_sum:.4f} at most, the time law by {by_time:.4f}"
    true(got == expected, f"{what}: {why}, so the answer is {expected!r}; you say {got!r}.")


@points(1)
def test_runs(learner):
    """One of the four words comes back, for the example the right one."""
    _check(learner, EXAMPLE, "The example")


@points(1)
def test_none(learner, rng):
    """A hall, whose recordings are rounded."""
    _check(learner, ROUNDED, "Two rounded steps")
    for time in (5, 12):
        _check(learner, made(rng, "none", time), "A hall with two echoes")


@points(1)
def test_sum(learner, rng):
    """Overdriven, the loudest so far, and without signs."""
    for number, what in enumerate(("A box with tanh", "The loudest so far", "A box that loses the sign")):
        _check(learner, made(rng, "sum", 9, number), what)


@points(1)
def test_time(learner, rng):
    """A curtain, and a tremolo."""
    for number, what in enumerate(("A hall with a curtain", "A tremolo")):
        _check(learner, made(rng, "time", 9, number), what)
    for arguments in MOVED:
        _check(learner, arguments, f"An answer that should come {arguments[-1]} later")


@points(1)
def test_both(learner, rng):
    """Both at once."""
    _check(learner, made(rng, "both", 9), "A curtain and a tanh")


@points(2)
def test_at_one_step(learner):
    """Broken at a single step; and the recordings are as they were."""
    for arguments in AT_ONE_STEP:
        _check(learner, arguments, f"Four recordings of {len(arguments[0])} steps")
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    """Boxes that nobody has seen, in any order."""
    for word in rng.sample(WORDS * 4, 16):
        arguments = made(rng, word, rng.randrange(5, 20), rng.randrange(len(BOXES[word])))
        _check(learner, arguments, "A box")
