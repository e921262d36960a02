"""sample_text: each random number picks the piece it falls in, after the symbol written last."""

from fractions import Fraction

from minirnn.course.checks import equal, points, same_type, true, unchanged

TABLE = {"a": {"a": 0.25, "b": 0.75}, "b": {"a": 0.5, "b": 0.5}}
# The running totals of these rows are exact in floating point, so u can be put right on a boundary.
EXACT = {
    "a": {"a": 0.0, "b": 0.25, "c": 0.75},
    "b": {"a": 0.5, "b": 0.0, "c": 0.5},
    "c": {"a": 0.25, "b": 0.5, "c": 0.25},
}


def probe(rng):
    return [
        (TABLE, "ab", "a", [0.5, 0.125, 0.75]),
        (_table(rng), "abcd", rng.choice("abcd"), _uniforms(rng, 40)),
        (EXACT, "abc", "a", [0.0, 0.5, 0.25, 0.75, 0.0, 0.25]),
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


def _uniforms(rng, n):
    return [rng.random() for _ in range(n)]


@points(1)
def test_type(learner, rng):
    got = learner(TABLE, "ab", "a", _uniforms(rng, 5))
    same_type(got, "str")
    true(len(got) > 0, "The text is empty, but it should at least contain the start.")


@points(1)
def test_length(learner, rng):
    for n in (0, 1, 7):
        got = learner(_table(rng), "abcd", "c", _uniforms(rng, n))
        same_type(got, "str")
        equal(got[:1], "c", what="the first symbol of the text")
        equal(len(got), n + 1, what=f"the number of symbols: the start and {n} new ones")


@points(2)
def test_first_symbol(learner, rng):
    table = _table(rng)
    for start in "abcd":
        uniforms = _uniforms(rng, 1)
        expected = oracle(table, "abcd", start, uniforms)
        equal(
            learner(table, "abcd", start, uniforms),
            expected,
            what=f"the text after {start!r}, u = {uniforms[0]}",
        )


@points(3)
def test_whole_text(learner, rng):
    equal(learner(TABLE, "ab", "a", [0.5, 0.125, 0.75]), "abab", what="the text of the example")
    for _ in range(3):
        arguments = (_table(rng), "abcd", rng.choice("abcd"), _uniforms(rng, 30))
        equal(learner(*arguments), oracle(*arguments), what="the text of 30 random numbers")
    unchanged(learner)


@points(1)
def test_impossible_symbol(learner):
    equal(
        learner(EXACT, "abc", "a", [0.0]),
        "ab",
        what="the text after 'a' for u = 0, where 'a' has probability 0",
    )
    expected = oracle(EXACT, "abc", "a", [0.25, 0.25, 0.75])
    equal(
        learner(EXACT, "abc", "a", [0.25, 0.25, 0.75]),
        expected,
        what="the text when u is right on a boundary",
    )


@points(1, graded=True)
def test_order_of_the_vocabulary(learner, rng):
    # The order is that of the vocabulary, whatever the order of the dictionary.
    arguments = (_table(rng), "dbca", "a", _uniforms(rng, 30))
    equal(learner(*arguments), oracle(*arguments), what="the text for the vocabulary 'dbca'")


@points(1, graded=True)
def test_rounding(learner):
    # Ten times 0.1, added one by one, is a hair below 1, and so is this u.
    vocabulary = "abcdefghij"
    table = {a: dict.fromkeys(vocabulary, 0.1) for a in vocabulary}
    u = 1 - 2**-53
    equal(
        learner(table, vocabulary, "a", [u, 0.0]),
        "aja",
        what="the text when rounding leaves no total above u",
    )


@points(2, graded=True)
def test_frequencies(learner, rng):
    # Written text must show the probabilities it was written with.
    arguments = (_table(rng), "abcd", "a", _uniforms(rng, 400))
    equal(learner(*arguments), oracle(*arguments), what="a text of 400 symbols")
