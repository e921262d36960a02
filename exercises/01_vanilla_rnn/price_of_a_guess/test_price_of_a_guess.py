"""price_of_a_guess: -log softmax of one symbol, also where exp overflows."""

import math
from decimal import Decimal, localcontext

from minirnn.course.checks import close, finite, points, same_type, unchanged

EXAMPLE = ([0.0, math.log(3)], 1)


def probe(rng):
    return [EXAMPLE, _guess(rng, 4), _guess(rng, 7)]


def oracle(logits, symbol):
    # As the formula stands, with more digits than it needs and numbers that do not overflow.
    with localcontext() as context:
        context.prec, context.Emax, context.Emin = 60, 10**6, -(10**6)
        parts = [Decimal(logit).exp() for logit in logits]
        return float((sum(parts) / parts[symbol]).ln())


def _guess(rng, size):
    # Neither the largest nor the last came, and no two logits are alike.
    logits = [rng.uniform(-1, 1) + 0.7 * place for place in range(size)]
    rng.shuffle(logits)
    places = [v for v in range(size - 1) if logits[v] != max(logits)]
    return logits, rng.choice(places)


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    same_type(got, "float")
    finite(got)


@points(1)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), what="the price of the example")
    close(learner(EXAMPLE[0], 0), oracle(EXAMPLE[0], 0), what="the price if symbol 0 had come")


@points(1)
def test_knows_nothing(learner):
    close(learner([0.0] * 8, 3), math.log(8), what="the price of an even guess among 8 symbols")


@points(3)
def test_any_guess(learner, rng):
    for size in (3, 5, 12):
        logits, symbol = _guess(rng, size)
        close(
            learner(logits, symbol), oracle(logits, symbol), what=f"the price of a guess among {size} symbols"
        )
    unchanged(learner)


@points(2)
def test_large_logits(learner):
    for logits in ([1000.0, 999.0, 990.0], [-1000.0, -1001.0, -999.0]):
        close(learner(logits, 1), oracle(logits, 1), what=f"the price of symbol 1 with the logits {logits}")


@points(2)
def test_great_surprise(learner):
    # Its probability is too small for a float, its price is not.
    close(learner([0.0, 1000.0], 0), 1000.0, what="the price of symbol 0 with the logits [0.0, 1000.0]")


@points(1, graded=True)
def test_only_differences_count(learner, rng):
    logits, symbol = _guess(rng, 6)
    up = [logit + 5 for logit in logits]
    close(learner(up, symbol), oracle(logits, symbol), what="the price after 5 was added to all logits")
