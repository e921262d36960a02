"""Models that are put together from layers, and asked for their bytes."""

from minirnn.course.checks import points, same_type, true

NAMES = ("recurrence", "window", "attention", "griffin", "hybrid")
EXAMPLES = {
    "recurrence": [(10, 6000), (20, 6000), (500, 6000)],
    "window": [(10, 400), (20, 800), (500, 1280)],
    "attention": [(10, 400), (20, 800), (500, 20000)],
    "griffin": [(10, 6400), (20, 6800), (500, 7280)],
    "hybrid": [(10, 6400), (20, 6800), (500, 26000)],
}


def _kept(layers, tokens):
    """The bytes of layers (what the state takes, what a token takes, how many tokens at most)."""
    total = 0
    for state, token, most in layers:
        total += state
        for _ in range(min(tokens, most)):
            total += token
    return total


def _layers(name, state, token, window, recurrent=3, others=2):
    """Layers of that kind of model."""
    endless = 10**9
    kinds = {
        "recurrence": [(state, 0, 0)] * recurrent,
        "window": [(0, token, window)] * others,
        "attention": [(0, token, endless)] * others,
        "griffin": [(state, 0, 0)] * recurrent + [(0, token, window)] * others,
        "hybrid": [(state, 0, 0)] * recurrent + [(0, token, endless)] * others,
    }
    return kinds[name]


def _sizes(name, lengths, **numbers):
    layers = _layers(name, **numbers)
    return [(tokens, _kept(layers, tokens)) for tokens in lengths]


# What is fixed is small beside what grows, or large beside it.
LITTLE_FIXED = {"state": 1, "token": 64, "window": 40}
SPECK = {"state": 1, "token": 1_000_000, "window": 40}
MUCH_FIXED = {"state": 4_000_000, "token": 1, "window": 40}
# Far beyond the window, at its very edge, and one token beyond it.
FAR = [3, 7, 400, 900]
EDGE = [12, 40, 41]
# Each length is twice the one before, or the last two are next to each other.
DOUBLED = [10, 20, 40, 80, 160]
NEXT = [1, 2, 98, 99]
# The growth of the last stretch stops near its end; many lengths within the window.
LATE = [12, 30, 41]
MANY = [3, 8, 21, 33, 47]


def probe(rng):
    cases = []
    for numbers in (LITTLE_FIXED, SPECK, MUCH_FIXED, {"state": 640, "token": 16, "window": 40}):
        for lengths in (FAR, EDGE, DOUBLED, NEXT, LATE, MANY):
            cases += [(_sizes(name, lengths, **numbers),) for name in NAMES]
    return cases + [(sizes,) for sizes in EXAMPLES.values()]


def oracle(sizes):
    """The name whose layers, for some numbers, give these bytes: all windows are tried."""
    least = sizes[0][1]
    second, more = sizes[1]
    for name in NAMES:
        for window in [10**9] if name in ("recurrence", "attention", "hybrid") else range(1, sizes[-1][0]):
            seen = [min(tokens, window) for tokens, _ in sizes]
            if name == "recurrence":
                fits = len({kept for _, kept in sizes}) == 1
            elif name in ("window", "attention"):
                fits = all(
                    kept * seen[0] == least * held for (_, kept), held in zip(sizes, seen, strict=True)
                )
            else:
                run, rise = seen[1] - seen[0], more - least
                fits = rise > 0 and run > 0 and least * run > rise * seen[0]
                fits = fits and all(
                    (kept - least) * run == rise * (held - seen[0])
                    for (_, kept), held in zip(sizes, seen, strict=True)
                )
            if fits and (name not in ("window", "griffin") or second <= window < sizes[-1][0]):
                return name
    raise AssertionError("no kind fits")


def _ask(learner, name, sizes, why=""):
    got = learner(sizes)
    same_type(got, "str")
    known = ", ".join(f'"{each}"' for each in NAMES)
    true(got in NAMES, f'You return "{got}", expected one of {known}.')
    true(got == name, f'You say "{got}", but this model is "{name}".{why and " "}{why}')


@points(1)
def test_first_example(learner):
    """A model that keeps the same at every length."""
    _ask(learner, "recurrence", EXAMPLES["recurrence"])


@points(1)
def test_examples(learner):
    """The other examples of the statement."""
    for name, sizes in EXAMPLES.items():
        _ask(learner, name, sizes)


@points(1)
def test_no_state(learner):
    """What grows, without a state beside it."""
    for lengths in (FAR, DOUBLED, NEXT):
        for name in ("window", "attention"):
            _ask(learner, name, _sizes(name, lengths, state=0, token=24, window=40))


@points(1)
def test_little_state(learner):
    """A state that is small beside what grows is a state."""
    for numbers in (LITTLE_FIXED, SPECK):
        why = f"Its layers keep {numbers['token']:,} bytes for a token, and its states 1 byte."
        for lengths in (FAR, EDGE, DOUBLED, NEXT):
            for name in NAMES:
                mixed = name in ("griffin", "hybrid")
                _ask(learner, name, _sizes(name, lengths, **numbers), why if mixed else "")


@points(1)
def test_large_state(learner):
    """What grows is small beside the state, but it grows."""
    for lengths in (FAR, EDGE, DOUBLED, NEXT):
        for name in NAMES:
            why = "Its layers of attention keep 1 byte for a token." if name in ("griffin", "hybrid") else ""
            _ask(learner, name, _sizes(name, lengths, **MUCH_FIXED), why)


@points(1)
def test_just_beyond(learner):
    """The last length is one token beyond the window."""
    for name in ("window", "griffin", "attention", "hybrid"):
        why = "The window is 40 tokens, and the last length is 41." if name in ("window", "griffin") else ""
        for numbers in (LITTLE_FIXED, {"state": 640, "token": 16, "window": 40}):
            for lengths in (EDGE, LATE):
                _ask(learner, name, _sizes(name, lengths, **numbers), why)
        why = "The window is 40 tokens." if name in ("window", "griffin") else ""
        _ask(learner, name, _sizes(name, MANY, **LITTLE_FIXED), why)


@points(2, graded=True)
def test_many(learner, rng):
    """The same for other models."""
    for _ in range(12):
        window = rng.randint(5, 60)
        near = sorted(rng.sample(range(1, window + 1), rng.randint(2, 3)))
        far = sorted(rng.sample(range(window + 1, 5 * window), rng.randint(1, 3)))
        numbers = {"state": rng.randint(1, 10_000), "token": rng.randint(1, 500), "window": window}
        numbers |= {"recurrent": rng.randint(1, 6), "others": rng.randint(1, 4)}
        for name in NAMES:
            sizes = _sizes(name, near + far, **numbers)
            true(oracle(sizes) == name, "The check is wrong: two kinds fit. Please tell the authors.")
            _ask(learner, name, sizes)
