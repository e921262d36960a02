"""count_bigrams: every pair of neighbours, counted under its left symbol."""

from minirnn.course.checks import equal, points, same_type, true


def probe(rng):
    return [("banana",), ("aaaa",), (_text(rng, 40),)]


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
            true(type(n) is int, f"counts[{a!r}][{b!r}] must be an int.")


@points(2)
def test_banana(learner):
    equal(learner("ba"), {"b": {"a": 1}}, what="the table of 'ba'")
    equal(learner("banana"), oracle("banana"), what="the table of 'banana'")


@points(2)
def test_overlap(learner):
    equal(learner("aaaa"), {"a": {"a": 3}}, what="the table of 'aaaa'")
    equal(learner("abbba"), oracle("abbba"), what="the table of 'abbba'")


@points(2)
def test_whole_text(learner, rng):
    text = _text(rng, 30)
    equal(learner(text), oracle(text), what=f"the table of {text!r}")


@points(1, graded=True)
def test_every_pair_counts_once(learner, rng):
    text = _text(rng, 80)
    got = learner(text)
    same_type(got, "dict")
    equal(sum(sum(row.values()) for row in got.values()), 79, what="the sum of all counts of 80 symbols")
    equal(got, oracle(text), what=f"the table of {text!r}")


@points(1, graded=True)
def test_only_what_occurs(learner):
    # The last symbol has nothing after it, so it gets no row.
    equal(learner("abz"), {"a": {"b": 1}, "b": {"z": 1}}, what="the table of 'abz'")
    equal(learner("Aa, é"), oracle("Aa, é"), what="the table of 'Aa, é'")
    equal(learner("a"), {}, what="the table of 'a', which has no pair")
