"""bits_per_character: the mean of -log2 p over all symbols but the first."""

import math
from collections import Counter

from minirnn.course.checks import close, finite, points, same_type, true, unchanged

COIN = {"a": {"a": 0.5, "b": 0.5}, "b": {"a": 0.75, "b": 0.25}}


def probe(rng):
    return [("abb", COIN), (_text(rng, 12), _table(rng)), (_text(rng, 40), _table(rng))]


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


@points(1)
def test_type(learner):
    got = learner("ab", COIN)
    same_type(got, "float")
    finite(got)


@points(1)
def test_one_symbol(learner):
    close(learner("ab", COIN), 1.0, what="the surprise at b after a, which had probability 1/2,")
    close(learner("bb", COIN), 2.0, what="the surprise at b after b, which had probability 1/4,")


@points(1)
def test_certain(learner):
    sure = {"a": {"b": 1.0}, "b": {"a": 1.0}}
    close(learner("abab", sure), 0.0, what="the score of a model that is always sure and right")
    close(learner("abb", COIN), 1.5, what="the score of 'abb'")


@points(2)
def test_whole_text(learner, rng):
    for length in (6, 12, 40):
        text, table = _text(rng, length), _table(rng)
        close(learner(text, table), oracle(text, table), what=f"the number of bits per character of {text!r}")
    unchanged(learner)


@points(1)
def test_twice_the_text(learner, rng):
    # A mean does not grow with the text: repeat it, and only the seam is new.
    text, table = _text(rng, 30) + "a", _table(rng)
    once, twice = learner(text, table), learner(text + text[1:], table)
    close(once, oracle(text, table), what=f"the number of bits per character of {text!r}")
    close(twice, once, what="the score of the same text read twice")


@points(2)
def test_long_text(learner, rng):
    text, table = _text(rng, 3000), _table(rng)
    got = learner(text, table)
    same_type(got, "float")
    true(
        math.isfinite(got),
        "The score of 3000 symbols is not a finite number: add logarithms, a product gets too small.",
    )
    close(got, oracle(text, table), what="the number of bits per character of a text of 3000 symbols")


@points(1, graded=True)
def test_even_guess(learner, rng):
    # Whoever guesses evenly among V symbols pays log2 V for each, whatever comes.
    even = {a: dict.fromkeys("ab ", 1 / 3) for a in "ab "}
    close(learner(_text(rng, 25), even), math.log2(3), what="the score of an even guess among 3 symbols")
