"""next_pairs: every place with k symbols before it, once, from left to right."""

from minirnn.course.checks import equal, kind, points, same_type, true


def probe(rng):
    calls = [("banana", 2), (_text(rng, 12), 1), (_text(rng, 15), 2), (_text(rng, 20), 3)]
    return [*calls, ("Abc ab", 0), ("abc", 3), ("abca", 3)]


def oracle(text, k):
    # Every substring is a candidate; those of length k + 1 are a context and its symbol.
    n = len(text)
    pieces = [text[i:j] for i in range(n) for j in range(i + 1, n + 1)]
    return [(piece[:k], piece[k:]) for piece in pieces if len(piece) == k + 1]


def _text(rng, length):
    # Starts with different symbols, so that no wrong answer can be right by luck.
    return "abca Ab c" + "".join(rng.choices("abcA ", k=length - 9))


def _pairs(got):
    # Lists for tuples are told once, by the first rung.
    same_type(got, "list")
    return [tuple(pair) if isinstance(pair, list) else pair for pair in got]


@points(1)
def test_type(learner):
    got = learner("banana", 2)
    same_type(got, "list")
    true(len(got) > 0, "The list is empty, but banana contains four pairs with a context of 2.")
    for pair in got:
        true(
            not isinstance(pair, list),
            "Each item of your list is a list, expected a tuple, in round brackets: (context, symbol).",
        )
        true(
            not isinstance(pair, str),
            "Each item of your list is a string, expected a tuple of two of them: (context, symbol).",
        )
        true(
            type(pair) is tuple and len(pair) == 2,
            "Each item of the list must be a tuple of two strings, (context, symbol).",
        )
        for part, name in zip(pair, ("context", "symbol"), strict=True):
            true(
                type(part) is str,
                f"The {name} in a pair is a {kind(part)}, expected a string, such as 'an' or 'n'.",
            )


@points(2)
def test_first_pairs(learner, rng):
    text = _text(rng, 12)
    got = _pairs(learner(text, 3))
    true(
        got[:1] != [(text[3], text[:3])],
        "Your pairs are the wrong way round, (symbol, context), expected (context, symbol).",
    )
    equal(got[:1], oracle(text, 3)[:1], what=f"the first pair of {text!r} with k = 3")
    for k in (1, 2, 3):
        text = _text(rng, 10 + k)
        first = _pairs(learner(text, k))[:4]
        equal(first, oracle(text, k)[:4], what=f"the list of the first four pairs of {text!r} with k = {k}")


@points(1)
def test_whole_text(learner, rng):
    equal(_pairs(learner("banana", 2)), oracle("banana", 2), what="the list for 'banana' with k = 2")
    for k in (1, 2, 3):
        text = _text(rng, 10 + k)
        equal(_pairs(learner(text, k)), oracle(text, k), what=f"the list for {text!r} with k = {k}")


@points(1)
def test_short_text(learner):
    equal(_pairs(learner("abcd", 3)), [("abc", "d")], what="the list for 'abcd' with k = 3")
    equal(_pairs(learner("abc", 3)), [], what="the list for 'abc' with k = 3")
    equal(_pairs(learner("ab", 5)), [], what="the list for 'ab' with k = 5")
    equal(_pairs(learner("", 1)), [], what="the list for an empty text")


@points(1)
def test_empty_context(learner, rng):
    text = _text(rng, 10)
    equal(_pairs(learner(text, 0)), oracle(text, 0), what=f"the list for {text!r} with k = 0")
    equal(_pairs(learner("", 0)), [], what="the list for an empty text with k = 0")


@points(1, graded=True)
def test_number_of_pairs(learner, rng):
    text = _text(rng, 60)
    for k in (0, 1, 5, 20, 59):
        got = _pairs(learner(text, k))
        equal(len(got), 60 - k, what=f"the number of pairs in 60 symbols with k = {k}")
        equal(got, oracle(text, k), what=f"the list for {text!r} with k = {k}")
