"""sample_text: each random number picks the piece it falls in, after the symbol written last."""

from fractions import Fraction

from minirnn.course.checks import Wrong, equal, points, same_type, true, unchanged

TABLE = {"a": {"a": 0.25, "b": 0.75}, "b": {"a": 0.5, "b": 0.5}}
# The running totals of these rows are exact in floating point, so u can be put right on a boundary.
EXACT = {
    "a": {"a": 0.0, "b": 0.25, "c": 0.75},
    "b": {"a": 0.5, "b": 0.0, "c": 0.5},
    "c": {"a": 0.25, "b": 0.5, "c": 0.25},
}


# Ten times 0.1, added one by one, is a hair below 1, and so is LARGEST.
TENTHS = {a: dict.fromkeys("abcdefghij", 0.1) for a in "abcdefghij"}
# The most likely symbol is not the last, and the totals end a hair below 1, too.
ENDS = {a: {"b": 0.1, "c": 0.6, "a": 0.1, "d": 0.2 - 2**-52} for a in "abcd"}
LARGEST = 1 - 2**-53
HAIR = 2**-40


def probe(rng):
    return [
        (TABLE, "ab", "a", [0.5, 0.125, 0.75]),
        (_table(rng), "abcd", rng.choice("abcd"), _uniforms(rng, 40)),
        (_shuffled(_table(rng)), "dbca", rng.choice("abcd"), _uniforms(rng, 40)),
        (EXACT, "abc", "a", [0.0, 0.5, 0.25, 0.75, 0.0, 0.25]),
        (EXACT, "abc", "b", [0.5 - HAIR, 0.5 + HAIR, 0.25 - HAIR, 0.25 + HAIR]),
        (TENTHS, "abcdefghij", "c", [LARGEST]),
        (ENDS, "bcad", "b", [LARGEST, 0.3, LARGEST, LARGEST]),
        (TABLE, "ab", "b", []),
    ]


def oracle(probabilities, vocabulary, start, uniforms):
    # Exact totals; the number of totals that are not above u is the place of the symbol.
    text = [start]
    for u in uniforms:
        row = [Fraction(probabilities[text[-1]][symbol]) for symbol in vocabulary]
        below = sum(sum(row[: i + 1]) <= Fraction(u) for i in range(len(row)))
        text.append(vocabulary[min(below, len(row) - 1)])
    return "".join(text)


def _table(rng):
    # The most likely next symbol of a is b, of b is c, ...: no row is in order of its size.
    table = {}
    for i, a in enumerate("abcd"):
        weights = [rng.uniform(0.5, 1.5) for _ in "abcd"]
        weights[(i + 1) % 4] += 1.5
        table[a] = {b: w / sum(weights) for b, w in zip("abcd", weights, strict=True)}
    return table


def _shuffled(table):
    return {a: {b: table[a][b] for b in "cadb"} for a in "bdac"}


def _uniforms(rng, n):
    return [rng.random() for _ in range(n)]


def _compare(learner, arguments, what):
    # A list for a string, and a text without its start, are told once, by rungs of their own.
    got = learner(*arguments)
    got = "".join(got) if isinstance(got, list) and all(isinstance(x, str) for x in got) else got
    expected = oracle(*arguments)
    if len(expected) > 1 and got == expected[1:]:
        return
    equal(got, expected, what=what)


@points(1)
def test_type(learner, rng):
    got = learner(TABLE, "ab", "a", _uniforms(rng, 5))
    true(
        not isinstance(got, list),
        "Your function returned a list, expected a string: join the symbols to one text.",
    )
    same_type(got, "str")
    true(len(got) > 0, "The text is empty, but it should at least contain the start.")
    unchanged(learner)


@points(1)
def test_length(learner, rng):
    for n in (0, 1, 7):
        got = learner(_table(rng), "abcd", "c", _uniforms(rng, n))
        got = "".join(got) if isinstance(got, list) and all(isinstance(x, str) for x in got) else got
        same_type(got, "str")
        equal(got[:1], "c", what="the first symbol of the text")
        equal(len(got), n + 1, what=f"the number of symbols: the start and {n} new ones")


@points(2)
def test_first_symbol(learner, rng):
    table = _table(rng)
    for start in "abcd":
        uniforms = _uniforms(rng, 1)
        _compare(learner, (table, "abcd", start, uniforms), f"the text after {start!r}, u = {uniforms[0]},")


@points(3)
def test_whole_text(learner, rng):
    _compare(learner, (TABLE, "ab", "a", [0.5, 0.125, 0.75]), "the text of the example")
    for _ in range(3):
        arguments = (_table(rng), "abcd", rng.choice("abcd"), _uniforms(rng, 30))
        _compare(learner, arguments, "the text of 30 random numbers")


@points(1)
def test_order_of_the_vocabulary(learner, rng):
    # The order is that of the vocabulary, whatever the order of the dictionary.
    for start in "abcd":
        arguments = (_shuffled(_table(rng)), "dbca", start, _uniforms(rng, 1))
        _compare(learner, arguments, "the text for the vocabulary 'dbca'")
    arguments = (_shuffled(_table(rng)), "dbca", "a", _uniforms(rng, 30))
    _compare(learner, arguments, "the text of 30 random numbers for the vocabulary 'dbca'")


@points(1)
def test_border(learner):
    for start, u in (("b", 0.5), ("c", 0.25), ("a", 0.25)):
        _compare(
            learner, (EXACT, "abc", start, [u]), f"the text after {start!r} for u = {u}, right on a border,"
        )
    what = "the text after 'a' for u = 0, where 'a' has probability 0,"
    _compare(learner, (EXACT, "abc", "a", [0.0]), what)
    for start, border in (("b", 0.5), ("c", 0.25), ("c", 0.75)):
        for side, u in (("below", border - HAIR), ("above", border + HAIR)):
            what = f"the text after {start!r} for a u just {side} the border {border}"
            _compare(learner, (EXACT, "abc", start, [u]), what)


@points(1)
def test_rounding(learner):
    for table, vocabulary, start in ((TENTHS, "abcdefghij", "c"), (ENDS, "bcad", "b")):
        what = "the text when rounding leaves no total above u"
        try:
            _compare(learner, (table, vocabulary, start, [LARGEST]), what)
            _compare(learner, (table, vocabulary, start, [LARGEST, 0.0]), what)
        except Wrong as wrong:
            if wrong.kind == "raised":
                message = f"{wrong.message}. No total is greater than u here: take the last symbol then."
                raise Wrong(message, kind="raised", where=wrong.where) from None
            raise


@points(2, graded=True)
def test_frequencies(learner, rng):
    # Written text must show the probabilities it was written with.
    arguments = (_table(rng), "abcd", "a", _uniforms(rng, 400))
    _compare(learner, arguments, "a text of 400 symbols")
