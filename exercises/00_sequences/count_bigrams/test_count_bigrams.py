"""count_bigrams: every pair of neighbours, counted under its left symbol."""

from minirnn.course.checks import Wrong, equal, kind, points, same_type, true


def probe(rng):
    return [("banana",), ("aaaa",), (_text(rng, 40),), (" Aa, ab,c ",), ("abz",)]


def oracle(text):
    # For each possible pair: at how many positions does it stand?
    symbols = sorted(set(text))
    counts = {
        a: {b: sum(text.startswith(a + b, i) for i in range(len(text))) for b in symbols} for a in symbols
    }
    rows = {a: {b: n for b, n in row.items() if n} for a, row in counts.items()}
    return {a: row for a, row in rows.items() if row}


def _text(rng, length):
    return "a ba a bc" + "".join(rng.choices("abc ", k=length - 9))


def _compare(got, text):
    # Zeros and empty rows are told once, by a rung of their own.
    expected = oracle(text)
    if isinstance(got, dict) and all(isinstance(row, dict) for row in got.values()):
        rows = {a: {b: n for b, n in row.items() if n != 0} for a, row in got.items()}
        if {a: row for a, row in rows.items() if row} == expected:
            return
    equal(got, expected, what=f"the table of {text!r}")


@points(1)
def test_type(learner):
    got = learner("banana")
    same_type(got, "dict")
    true(len(got) > 0, "The dictionary is empty, but banana contains five pairs.")
    for a, row in got.items():
        true(
            type(row) is dict,
            f"counts[{a!r}] must itself be a dictionary: which symbols came after {a!r}, and how often.",
        )
        for b, n in row.items():
            true(kind(n) == "int", f"counts[{a!r}][{b!r}] is a {kind(n)}, expected an int, a whole number.")


@points(1)
def test_one_pair(learner):
    got = learner("ba")
    true(
        got != {},
        "The table of 'ba' is empty, but 'ba' holds one pair: its first pair, and its last. "
        "Look at where your loop starts and where it stops.",
    )
    _compare(got, "ba")
    _compare(learner("a "), "a ")


@points(1)
def test_banana(learner):
    _compare(learner("banana"), "banana")


@points(2)
def test_overlap(learner):
    _compare(learner("aaaa"), "aaaa")
    _compare(learner("abbba"), "abbba")


@points(1)
def test_whole_text(learner, rng):
    text = _text(rng, 30)
    _compare(learner(text), text)
    for text in ("Aa, é", " A cab, a taxi. "):
        _compare(learner(text), text)


@points(1)
def test_only_what_occurs(learner):
    # The last symbol has nothing after it, so it gets no row.
    got = learner("abz")
    same_type(got, "dict")
    for a, row in got.items():
        same_type(row, "dict")
        true(
            len(row) > 0,
            f"counts[{a!r}] is an empty dictionary: a symbol after which nothing came has no row.",
        )
        for b, n in row.items():
            true(n != 0, f"counts[{a!r}][{b!r}] is 0: list only pairs that occur.")
    equal(got, {"a": {"b": 1}, "b": {"z": 1}}, what="the table of 'abz'")


@points(1)
def test_no_pair(learner):
    equal(learner("a"), {}, what="the table of 'a', which has no pair,")
    try:
        got = learner("")
    except Wrong as wrong:
        if wrong.kind == "raised":
            message = (
                f"{wrong.message}. This was for the empty text: it has no first symbol and no pair, so {{}}."
            )
            raise Wrong(message, kind="raised", where=wrong.where) from None
        raise
    equal(got, {}, what="the table of the empty text")


@points(1, graded=True)
def test_every_pair_counts_once(learner, rng):
    text = _text(rng, 80)
    got = learner(text)
    same_type(got, "dict")
    equal(int(sum(sum(row.values()) for row in got.values())), 79, what="the sum of all counts of 80 symbols")
    _compare(got, text)
