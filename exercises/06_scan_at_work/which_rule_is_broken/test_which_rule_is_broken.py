"""Which backward pass was it? Made as sums over all pairs of steps, so that the word is known beforehand."""

import math

from minirnn.course.checks import points, same_type, true, unchanged

WORDS = ("right", "decay", "direction", "conjugate", "state")
ALL = ("a", "h", "grad")


def passed(word, a, h, h0, grad):
    """What the pass with that word returns: each g as a sum over all steps that it hears of."""

    def bar(x):
        return x if word == "conjugate" else x.conjugate()

    def through(first, last):
        return bar(math.prod(a[first:last]))

    steps = range(len(a))
    if word == "direction":
        g = [sum(through(s + 1, t + 1) * grad[s] for s in steps if s <= t) for t in steps]
    else:
        late = 0 if word == "decay" else 1
        g = [sum(through(t + late, s + late) * grad[s] for s in steps if s >= t) for t in steps]
    states = h if word == "state" else [h0, *h[:-1]]
    return [bar(x) * y for x, y in zip(states, g, strict=True)], g


def oracle(a, h, h0, grad, grad_a, grad_b):
    """The pass that comes closest, the first of equals."""

    def far(word):
        mine_a, mine_b = passed(word, a, h, h0, grad)
        return round(
            math.hypot(*(abs(x - y) for x, y in zip(mine_a + mine_b, grad_a + grad_b, strict=True))), 6
        )

    return min(WORDS, key=far)


def made(rng, word, time, imaginary=ALL, h0=None):
    """The arguments for a pass of that kind; imaginary: which numbers are complex (h with h0)."""

    def draw(name):
        x = rng.uniform(0.6, 1.2) * rng.choice([-1.0, 1.0])
        return complex(x, rng.uniform(0.4, 0.9) * rng.choice([-1.0, 1.0])) if name in imaginary else x

    a, b, grad = ([draw(name) for _ in range(time)] for name in ALL)
    a = [x / max(1.0, abs(x)) for x in a]  # no state may grow out of sight
    h, h0 = [], draw("h") if h0 is None else h0
    for x, y in zip(a, b, strict=True):
        h.append(x * (h[-1] if h else h0) + y)
    rounded = [[x * (1 + 1e-12 * rng.uniform(-1, 1)) for x in y] for y in passed(word, a, h, h0, grad)]
    return a, h, h0, grad, *rounded


EXAMPLE = ([2.0, 3.0, 2.0], [2.0, 7.0, 15.0], 1.0, [0.0, 1.0, 1.0], [18.0, 21.0, 15.0], [9.0, 3.0, 1.0])
# Right ones that nobody has rounded; in the second the last state is the same as h0.
EXACT = [(EXAMPLE[0], [2.0, 7.0, last], *EXAMPLE[2:4], [9.0, 6.0, 7.0], EXAMPLE[5]) for last in (15.0, 1.0)]
# All passes but one agree at the last step, where the loss does not look.
NOT_AT_THE_LAST = (*EXAMPLE[:3], [0.0, 1.0, 0.0], [6.0, 7.0, 0.0], [3.0, 1.0, 0.0])


def probe(rng):
    complex_ones = [made(rng, word, time) for time in (4, 7) for word in WORDS]
    real = [made(rng, word, 5, imaginary=()) for word in WORDS]
    mixed = [made(rng, "conjugate", 5, names) for names in (("h", "grad"), ("grad",))]
    from_zero = [made(rng, word, 5, h0=0.0) for word in ("decay", "conjugate")]
    return [EXAMPLE, *EXACT, NOT_AT_THE_LAST, *complex_ones, *real, *mixed, *from_zero]


def _ask(learner, args):
    got = learner(*args)
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    same_type(got, "str")
    true(got in WORDS, f"{got!r} is none of the five words: {', '.join(WORDS)}.")
    return got


def _check(learner, args):
    got, word = _ask(learner, args), oracle(*args)
    true(got == word, f"This pass is {word!r}, you say {got!r}.")


@points(1)
def test_runs(learner):
    """One of the five words comes back, for the example the right one."""
    _check(learner, EXAMPLE)


@points(1)
def test_right(learner, rng):
    """A pass without a fault, for real and for complex numbers."""
    for imaginary in ((), ALL):
        _check(learner, made(rng, "right", 6, imaginary))


@points(1)
def test_decay(learner, rng):
    """The decay of the wrong step."""
    for imaginary in ((), ALL):
        _check(learner, made(rng, "decay", 6, imaginary))


@points(1)
def test_direction(learner, rng):
    """Forwards instead of backwards."""
    for imaginary in ((), ALL):
        _check(learner, made(rng, "direction", 6, imaginary))


@points(1)
def test_state(learner, rng):
    """The state of the wrong step."""
    for imaginary in ((), ALL):
        _check(learner, made(rng, "state", 6, imaginary))


@points(2)
def test_conjugate(learner, rng):
    """Nothing conjugated; where nothing complex would be, that is no fault."""
    _check(learner, made(rng, "conjugate", 6))
    for imaginary in (("h", "grad"), ("grad",), ()):
        _check(learner, made(rng, "conjugate", 6, imaginary))


@points(1)
def test_sizes(learner, rng):
    """Three steps, fifty, and a first state of zero; and the lists are as they were."""
    for word in WORDS:
        _check(learner, made(rng, word, 3))
        _check(learner, made(rng, word, 5, h0=0.0))
    _check(learner, made(rng, "decay", 50))
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    """Passes that nobody has seen, in any order."""
    words = list(WORDS) * 3
    rng.shuffle(words)
    for word in words:
        _check(learner, made(rng, word, rng.randrange(3, 12)))
