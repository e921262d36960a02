"""smooth_counts: (n(c, x) + beta) / (n(c) + beta V), for every symbol and every context."""

from minirnn.course.checks import Wrong, close, equal, kind, points, same_type, true

BANANA = {"b": {"a": 1}, "a": {"n": 2}, "n": {"a": 2}}


def probe(rng):
    table = _table(rng)
    return [
        (BANANA, "a", "abn", 1.0),
        (table, "a", "abcd", 0.5),
        (table, "b", "abcd", 2.0),
        (table, "d", "abcd", 0.1),
        (table, "b", "bdcafg", 0.3),
        ({"a": {"b": 5}, "c": {}}, "c", "cab", 0.25),
    ]


def oracle(counts, context, vocabulary, beta):
    # A mixture: the plain frequencies, trusted by n / (n + beta V), and the even guess 1/V for the rest.
    V = len(vocabulary)
    seen = counts.get(context, {})
    n = sum(seen.values())
    trust = n / (n + beta * V)
    return {x: (trust * seen.get(x, 0) / n if n else 0.0) + (1 - trust) / V for x in vocabulary}


def _table(rng):
    # d was never seen as a context; no row is its own column.
    def n():
        return rng.randint(1, 9)

    return {"a": {"b": n(), "c": n()}, "b": {"a": n(), "d": n()}, "c": {"a": n()}}


def _compare(got, counts, context, vocabulary, beta):
    same_type(got, "dict")
    equal(
        sorted(got), sorted(vocabulary), what=f"the list of symbols that get a probability after {context!r}"
    )
    expected = oracle(counts, context, vocabulary, beta)
    for digits in range(2, 9):
        rounded = {x: round(p, digits) for x, p in expected.items()}
        true(
            got != rounded or rounded == {x: round(p, 14) for x, p in expected.items()},
            f"You round to {digits} digits. Then a small probability becomes 0 after all: do not round.",
        )
    for x in vocabulary:
        same_type(got[x], "float")
    off = max(abs(got[x] - p) for x, p in expected.items())
    true(
        not 1e-12 < off < 1e-6,
        f"Your probabilities are right to about {off:.0e} only: is something added, or is it float32?",
    )
    for x in vocabulary:
        close(
            *(got[x], expected[x], 1e-12),
            what=f"the probability of {x!r} after {context!r} with beta = {beta}",
        )


def _without_row(learner, counts, context, vocabulary, beta):
    # A KeyError would say where it happened, but not why.
    try:
        return learner(counts, context, vocabulary, beta)
    except Wrong as wrong:
        if wrong.kind == "raised":
            why = f"The context {context!r} was never seen, so its row in the table is missing or empty"
            raise Wrong(f"{wrong.message}. {why}.", kind="raised", where=wrong.where) from None
        raise


@points(1)
def test_type(learner):
    got = learner(BANANA, "a", "abn", 1.0)
    same_type(got, "dict")
    true(len(got) > 0, "The dictionary is empty, but the vocabulary has three symbols.")
    for x, p in got.items():
        true(kind(p) == "float", f"The value for {x!r} is a {kind(p)}, expected a float.")


@points(1)
def test_every_symbol(learner, rng):
    got = learner(_table(rng), "a", "abcd", 1.0)
    same_type(got, "dict")
    equal(sorted(got), ["a", "b", "c", "d"], what="the list of symbols that get a probability")


@points(2)
def test_banana(learner):
    _compare(learner(BANANA, "a", "abn", 1.0), BANANA, "a", "abn", 1.0)


@points(2)
def test_any_beta(learner, rng):
    table = _table(rng)
    for context, beta in zip("abcba", (0.5, 2.0, 0.01, 1e-6, 1e4), strict=True):
        _compare(learner(table, context, "abcd", beta), table, context, "abcd", beta)
    _compare(learner(table, "b", "dxbcay", 0.3), table, "b", "dxbcay", 0.3)


@points(1)
def test_unseen_context(learner, rng):
    table = _table(rng)
    for beta in (1.0, 0.3):
        _compare(_without_row(learner, table, "d", "abcd", beta), table, "d", "abcd", beta)
    empty = {"a": {"b": 3}, "b": {}}
    _compare(_without_row(learner, empty, "b", "abc", 0.5), empty, "b", "abc", 0.5)
    _compare(_without_row(learner, {}, "a", "ab", 0.5), {}, "a", "ab", 0.5)


@points(1)
def test_table_unchanged(learner, rng):
    for context in "ad":
        _without_row(learner, _table(rng), context, "abcd", 0.5)
        true(
            not learner.changed,
            f"Your function changed the table itself (for the context {context!r}), so the next call is "
            "wrong. Work on a copy of the row.",
        )


@points(1, graded=True)
def test_sum_is_one(learner, rng):
    table, vocabulary = _table(rng), "abcdefgh -"
    for context in vocabulary:
        got = learner(table, context, vocabulary, 0.25)
        _compare(got, table, context, vocabulary, 0.25)
        close(sum(got.values()), 1.0, what=f"the sum of the probabilities after {context!r}")


@points(1, graded=True)
def test_longer_context(learner, rng):
    # Nothing in the formula says that a context is one symbol.
    table = {"ab": {"c": rng.randint(1, 9)}, "": {"a": rng.randint(1, 9), "b": 1}}
    for context in ("ab", "", "abc"):
        _compare(learner(table, context, "abc", 0.5), table, context, "abc", 0.5)
