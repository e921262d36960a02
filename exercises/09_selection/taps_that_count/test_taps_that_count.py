"""The layer with the learner's numbers reads chains, and is compared with counting."""

from minirnn.course.checks import close, points, same_type, true

CASES = ((1, 2, 0.5), (2, 3, 1.0), (3, 2, 0.25), (1, 4, 2.0))
NAMES = ("value", "key", "query", "keep", "bias")


def probe(rng):
    return list(CASES)


def oracle(lag, n_symbols, beta):
    """Rows of zeros, each with a 1 at the place that the rule asks for."""
    rows = [[0] * (lag + 1) for _ in range(3)]
    for row, place in zip(rows, (0, lag, lag - 1), strict=True):
        row[place] = 1
    return (*rows, 1.0, beta)


def _numbers(learner, lag, n_symbols, beta):
    got = learner(lag, n_symbols, beta)
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 5, f"You return {len(got)} things, expected five: value, key, query, keep and bias.")
    for name, taps in zip(NAMES[:3], got[:3], strict=True):
        if not isinstance(taps, tuple):
            same_type(taps, "list")
        true(
            len(taps) == lag + 1,
            f"Your {name} has {len(taps)} taps, expected lag + 1 = {lag + 1}.",
        )
        for tap in taps:
            same_type(tap, "float")
            true(tap in (0, 1), f"Your {name} has the tap {tap:g}, expected 0 or 1.")
    for number in got[3:]:
        same_type(number, "float")
    return got


def _layer(numbers, n_symbols, symbols):
    """The guesses of the layer after each symbol."""
    value, key, query, keep, bias = numbers
    H, guesses = [[0.0] * n_symbols for _ in range(n_symbols)], []
    for t in range(len(symbols)):
        v, k, q = (
            [
                sum(tap for j, tap in enumerate(taps) if t >= j and symbols[t - j] == symbol)
                for symbol in range(n_symbols)
            ]
            for taps in (value, key, query)
        )
        H = [[keep * H[i][j] + v[i] * k[j] for j in range(n_symbols)] for i in range(n_symbols)]
        y = [bias + sum(h * each for h, each in zip(row, q, strict=True)) for row in H]
        total = sum(y)
        guesses.append([each / total if total else 0.0 for each in y])
    return guesses


def _counted(lag, n_symbols, beta, symbols):
    """The best guess after each symbol, by going over the whole past again."""
    guesses = []
    for t in range(len(symbols)):
        under = symbols[t + 1 - lag] if t + 1 >= lag else None
        followed = [symbols[s] for s in range(lag, t + 1) if under is not None and symbols[s - lag] == under]
        total = len(followed) + n_symbols * beta
        guesses.append([(followed.count(j) + beta) / total for j in range(n_symbols)])
    return guesses


def _chain(rng, lag, n_symbols, length):
    """Symbols whose next one is, mostly, a fixed function of the one `lag` steps before it."""
    turn = rng.randint(1, n_symbols - 1)
    symbols = [rng.randrange(n_symbols) for _ in range(lag)]
    while len(symbols) < length:
        likely = (symbols[-lag] + turn) % n_symbols
        symbols.append(likely if rng.random() < 0.7 else rng.randrange(n_symbols))
    return symbols


def _check(learner, lag, n_symbols, beta, symbols, what=""):
    got = _layer(_numbers(learner, lag, n_symbols, beta), n_symbols, symbols)
    wanted = _counted(lag, n_symbols, beta, symbols)
    shown = "".join(map(str, symbols[:12])) + ("..." if len(symbols) > 12 else "")
    close(got, wanted, time=0, what=what or f"the guess, for lag {lag} and the chain {shown},")


@points(1)
def test_form(learner):
    """Three lists of taps and two numbers."""
    for case in CASES[:3]:
        _numbers(learner, *case)


@points(1)
def test_nothing_counted_yet(learner):
    """After the first symbol nothing has been counted: all symbols are equally likely."""
    for lag, n_symbols, beta in CASES:
        _check(learner, lag, n_symbols, beta, [1], f"the guess after a single symbol, for lag {lag},")


@points(2)
def test_newest_symbol(learner, rng):
    """lag 1: what followed the newest symbol."""
    _check(learner, 1, 2, 0.5, [0, 1, 0, 0, 1, 0, 1, 1, 0])
    _check(learner, 1, 4, 2.0, _chain(rng, 1, 4, 30))


@points(2)
def test_two_back(learner, rng):
    """lag 2: the newest symbol is not the one to look under."""
    _check(learner, 2, 3, 1.0, [0, 1, 2, 1, 0, 1, 2, 2, 0])
    _check(learner, 2, 2, 0.5, _chain(rng, 2, 2, 30))


@points(1)
def test_farther_back(learner, rng):
    for lag in (3, 4, 5):
        _check(learner, lag, 3, 0.25, _chain(rng, lag, 3, 40))


@points(1)
def test_long(learner, rng):
    """A long chain, in which nothing may be forgotten."""
    _check(learner, 1, 2, 1.0, _chain(rng, 1, 2, 2000), "the guess in a chain of 2000 symbols")


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(8):
        lag, n_symbols = rng.randint(1, 5), rng.randint(2, 6)
        _check(learner, lag, n_symbols, rng.uniform(0.1, 3), _chain(rng, lag, n_symbols, 60))
