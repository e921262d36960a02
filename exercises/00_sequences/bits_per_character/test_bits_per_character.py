"""bits_per_character: the mean of -log2 p over all symbols but the first."""

import math
from collections import Counter

from minirnn.course.checks import Wrong, close, finite, points, same_type, true, unchanged

COIN = {"a": {"a": 0.5, "b": 0.5}, "b": {"a": 0.75, "b": 0.25}}


# After b and after c the model is sure.
SURE = {"a": {"a": 0.3, "b": 0.7}, "b": {"c": 1.0}, "c": {"a": 1.0}}


def probe(rng):
    calls = [(_text(rng, 12), _table(rng)), (_text(rng, 40), _table(rng)), (_text(rng, 41), _table(rng))]
    return [("abb", COIN), *calls, ("aab", {"a": {"a": 1e-9, "b": 0.1}}), ("aba", _table(rng))]


def oracle(text, probabilities):
    # The exact probability of the whole text, the same factors together, which is quicker than one by one;
    # Python takes logarithms of integers of any size.
    pairs = Counter(zip(text, text[1:], strict=False))
    ratios = [(*probabilities[a][b].as_integer_ratio(), n) for (a, b), n in pairs.items()]
    above, below = math.prod(x**n for x, _, n in ratios), math.prod(y**n for _, y, n in ratios)
    return (math.log2(below) - math.log2(above)) / (len(text) - 1)


def _text(rng, length):
    return "aab a" + "".join(rng.choices("ab ", weights=[3, 2, 1], k=length - 5))


def _table(rng):
    # Rows from very sure to quite unsure, so that every wrong way to average shows.
    table = {}
    for row, sharpness in zip("ab ", (6, 3, 1), strict=True):
        weights = [rng.uniform(0.2, 1) * sharpness**i for i in range(3)]
        symbols = rng.sample("ab ", 3)
        table[row] = {x: w / sum(weights) for x, w in zip(symbols, weights, strict=True)}
    return table


def _compare(got, text, table, what):
    expected = oracle(text, table)
    for digits in range(9):
        true(
            got != round(expected, digits) or abs(got - expected) < 1e-12,
            f"You round to {digits} digits: return the mean as it is. Two good models may differ by less.",
        )
    same_type(got, "float")
    off = abs(got - expected) / (1 + expected)
    true(
        not 1e-9 < off < 1e-5,
        f"Your score is right to about {off:.0e} only: is it float32, or a rounded number somewhere?",
    )
    close(got, expected, what=what)


def _surprise(learner, p):
    # A text of two symbols, so that the table alone is in question.
    got = learner("ab", {"a": {"a": 1 - p, "b": p}, "b": {"a": 0.5, "b": 0.5}})
    for small in (10**-n for n in range(3, 17)):
        for kept in (p + small, max(p, small)):
            differs = abs(math.log2(kept / p)) > 1e-10
            true(
                not differs or abs(got + math.log2(kept)) > 1e-12,
                f"The surprise at p = {p:g} is {got:.9g}, expected {-math.log2(p):.9g}: you add {small:g} to "
                "the probability, or keep it above that. It is never 0, so take it as it is.",
            )
    close(got, -math.log2(p), what=f"the surprise at b after a, which had probability {p:g},")


@points(1)
def test_type(learner):
    got = learner("ab", COIN)
    same_type(got, "float")
    finite(got)
    unchanged(learner)


@points(1)
def test_one_symbol(learner):
    _surprise(learner, 0.5)
    _surprise(learner, 0.25)


@points(1)
def test_certain(learner):
    sure = {"a": {"b": 1.0}, "b": {"a": 1.0}}
    close(learner("abab", sure), 0.0, what="the score of a model that is always sure and right")


@points(1)
def test_sure_but_once(learner):
    # Only one symbol is a surprise, so it does not matter which of the others are left out.
    _compare(learner("abca", SURE), "abca", SURE, "the score of 'abca'")
    _compare(learner("bcab", SURE), "bcab", SURE, "the score of 'bcab'")


@points(1)
def test_whole_text(learner, rng):
    close(learner("abb", COIN), 1.5, what="the score of 'abb'")
    for length in (6, 12, 40):
        text, table = _text(rng, length), _table(rng)
        _compare(learner(text, table), text, table, f"the number of bits per character of {text!r}")


@points(1)
def test_improbable(learner, rng):
    for p in (1e-5, 1e-20, 1e-300):
        _surprise(learner, p)
    table = {**_table(rng), "a": {"a": 1e-300, "b": 1e-250, " ": 1.0}}
    text = _text(rng, 20)
    got = _with_small_numbers(learner, text, table)
    _compare(got, text, table, "the score of a text with very improbable symbols")


@points(2)
def test_long_text(learner, rng):
    text, table = _text(rng, 3000), _table(rng)
    got = _with_small_numbers(learner, text, table)
    # Whether the first symbol is counted hardly matters here, and other rungs ask that.
    right = oracle(text, table)
    close(got, right, 1e-3, what="the number of bits per character of a text of 3000 symbols")


def _with_small_numbers(learner, text, table):
    # A product of all probabilities is 0 here, which has no logarithm; short texts do not show it.
    why = "The product of all probabilities is too small for a float, it becomes 0: add logarithms instead."
    try:
        got = learner(text, table)
    except Wrong as wrong:
        if "math domain error" in wrong.message or "ZeroDivisionError" in wrong.message:
            raise Wrong(f"{wrong.message}. {why}", kind="raised", where=wrong.where) from None
        raise
    same_type(got, "float")
    true(math.isfinite(got), f"The score is {got}, not a finite number. {why}")
    return got


@points(1, graded=True)
def test_even_guess(learner, rng):
    # Whoever guesses evenly among V symbols pays log2 V for each, whatever comes.
    even = {a: dict.fromkeys("ab ", 1 / 3) for a in "ab "}
    close(learner(_text(rng, 25), even), math.log2(3), what="the score of an even guess among 3 symbols")
