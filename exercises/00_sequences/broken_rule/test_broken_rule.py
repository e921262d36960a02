"""broken_rule: which rule of counting a table of probabilities breaks."""

from fractions import Fraction

from minirnn.course.checks import points, same_type, true, unchanged

NAMES = ("zero", "sum", "gap", "backwards", "fine")
BANANA = ("banana", "abn", 1.0)


def probe(rng):
    texts = [_text(rng), _text(rng, "abcdxyzuvwst")]
    cases = [(*each, how) for each in texts for how in MAKERS]
    cases += [(*BANANA, "zero"), (*BANANA, "backwards")]
    return [_arguments(*case) for case in [*cases, (*_tiny(rng), "fine"), (*_tiny(rng), "gap")]]


def oracle(text, vocabulary, beta, table):
    # Makes the table in all ways, with exact fractions, and looks which one it is.
    for how in MAKERS:
        made = MAKERS[how](text, vocabulary, Fraction(beta))
        if all(abs(table[c][x] - made[c][x]) < 1e-9 for c in vocabulary for x in vocabulary):
            return how if how in NAMES else "sum"
    raise ValueError("a table that nobody made")


# How each table is made: from n(c, x), how often x came after c, with exact fractions.
def _fine(text, vocabulary, beta, places=1):
    """Add-beta for the symbol so many places later."""
    table = {c: dict.fromkeys(vocabulary, Fraction(0)) for c in vocabulary}
    for t in range(max(0, -places), len(text) - max(0, places)):
        table[text[t]][text[t + places]] += 1
    for row in table.values():
        below = sum(row.values()) + beta * len(row)
        row.update({x: (n + beta) / below for x, n in row.items()})
    return table


def _zero(text, vocabulary, beta):
    """The plain shares; a row of zeros where nothing was seen."""
    table = {c: dict.fromkeys(vocabulary, Fraction(0)) for c in vocabulary}
    for c in sorted(set(text[:-1])):
        for x in vocabulary:
            both = sum(text[t] == c and text[t + 1] == x for t in range(len(text) - 1))
            table[c][x] = Fraction(both, text[:-1].count(c))
    return table


def _below(total):
    """A table with another number below the line: total(n(c), beta, V, is c the last symbol)."""

    def make(text, vocabulary, beta):
        table = _fine(text, vocabulary, beta)
        for c, row in table.items():
            n = text[:-1].count(c)
            right, wrong = n + beta * len(row), total(n, beta, len(row), c == text[-1])
            row.update({x: p * right / wrong for x, p in row.items()})
        return table

    return make


MAKERS = {
    "fine": _fine,
    "zero": _zero,
    "beta once": _below(lambda n, beta, V, last: n + beta),
    "beta missing": _below(lambda n, beta, V, last: max(n, beta)),
    "last one counted": _below(lambda n, beta, V, last: n + last + beta * V),
    "all": _below(lambda n, beta, V, last: n + beta * V + 20),
    "gap": lambda *arguments: _fine(*arguments, places=2),
    "backwards": lambda *arguments: _fine(*arguments, places=-1),
}


def _arguments(text, vocabulary, beta, how):
    table = MAKERS[how](text, vocabulary, Fraction(beta))
    return text, vocabulary, beta, {c: {x: float(p) for x, p in row.items()} for c, row in table.items()}


def _text(rng, vocabulary="abcdx", beta=0.5):
    # The symbol x, and others of a longer vocabulary, occur nowhere: rows where nothing was seen.
    text = "abacbdabdcddd" + "".join(rng.choices("abcd", k=30)) + "aabcbcbabdab"
    return text, vocabulary, beta


def _tiny(rng):
    return _text(rng, beta=2.0**-30)


def _check(learner, *case, also=""):
    text, _, beta, _ = case
    said = f"The name of the rule that the table for {text!r} with beta = {beta:g} breaks{also}"
    arguments = _arguments(*case)
    got, expected = learner(*arguments), oracle(*arguments)
    true(got == expected, f"{said} is {got!r}, expected {expected!r}.")


@points(1)
def test_type(learner):
    got = learner(*_arguments(*BANANA, "fine"))
    same_type(got, "str")
    true(got in NAMES, f"Your answer is {got!r}, expected one of {', '.join(map(repr, NAMES))}.")


@points(2)
def test_zero(learner, rng):
    _check(learner, *BANANA, "zero")
    _check(learner, *BANANA, "fine")
    _check(learner, *_text(rng), "zero", also=" (some rows are 0 everywhere)")


@points(2)
def test_sum(learner, rng):
    _check(learner, *BANANA, "beta once")
    for how in ("beta missing", "beta once", "all"):
        _check(learner, *_text(rng), how)
    _check(learner, *_text(rng), "last one counted", also=" (one row alone)")


@points(2)
def test_gap(learner, rng):
    _check(learner, *BANANA, "gap")
    _check(learner, *_text(rng), "gap")


@points(2)
def test_backwards(learner, rng):
    _check(learner, *BANANA, "backwards")
    _check(learner, *_text(rng), "backwards")


@points(1)
def test_fine(learner, rng):
    for beta in (0.5, 0.1, 3.0, 0.01):
        _check(learner, *_text(rng, "abcdxyzuvwst", beta), "fine")
    unchanged(learner)


@points(1)
def test_tiny_beta(learner, rng):
    for how in ("fine", "gap", "backwards"):
        _check(learner, *_tiny(rng), how)


@points(1, graded=True)
def test_all_of_them(learner, rng):
    for how in MAKERS:
        for beta in (0.25, 2.0):
            _check(learner, *_text(rng, "xdcbayz", beta), how)
