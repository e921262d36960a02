"""price_of_a_guess: -log softmax of one symbol, also where exp overflows."""

import math
from decimal import Decimal, localcontext

from minirnn.course.checks import Wrong, close, points, same_type, true, unchanged

ROUGH = 1e-4  # so that rounded prices lose the points of one rung only
SHIFT = (
    "exp of 1000 is too large for a float, and exp of -1000 is 0, which has no logarithm. Subtract the "
    "largest logit from all of them first."
)
EXAMPLE = ([0.0, math.log(3)], 1)


def probe(rng):
    return [_guess(rng, 4), _guess(rng, 7), EXAMPLE, ([0.0, 30.0], 0), ([2.0, -1.0, 0.5], 0)]


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


def _price(learner, logits, symbol, advice=""):
    """What the learner's function returns, or its error with what may be behind it."""
    try:
        return learner(logits, symbol)
    except Wrong as wrong:
        if wrong.kind != "raised" or not advice:
            raise
        advice = SHIFT if "OverflowError" in wrong.message else advice
        raise Wrong(f"{wrong.message.rstrip('.')}. {advice}", kind=wrong.kind, where=wrong.where) from None


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    true(
        not isinstance(got, (list, tuple)) and not getattr(got, "shape", ()),
        "Your function returned several numbers, expected one float: the price of the symbol that came.",
    )
    same_type(got, "float")


@points(1)
def test_sure_and_wrong(learner):
    # The sum is hardly more than its largest part, so the price is the distance of two logits.
    close(learner([0.0, 12.0], 0), 12.0, 1e-3, what="the price of symbol 0 with the logits [0.0, 12.0]")


@points(1)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), ROUGH, what="the price of the example")
    close(learner(EXAMPLE[0], 0), oracle(EXAMPLE[0], 0), ROUGH, what="the price if symbol 0 had come")


@points(1)
def test_knows_nothing(learner):
    close(learner([0.0] * 8, 3), math.log(8), ROUGH, what="the price of an even guess among 8 symbols")


@points(2)
def test_any_guess(learner, rng):
    for size in (3, 5, 12):
        logits, symbol = _guess(rng, size)
        what = f"the price of a guess among {size} symbols"
        close(learner(logits, symbol), oracle(logits, symbol), ROUGH, what=what)
        surest = logits.index(max(logits))
        close(
            learner(logits, surest), oracle(logits, surest), ROUGH, what="the price of the likeliest symbol"
        )
    unchanged(learner)


@points(1)
def test_all_digits(learner, rng):
    logits, symbol = _guess(rng, 5)
    close(learner(logits, symbol), oracle(logits, symbol), what="the price, with all its digits,")


@points(2)
def test_large_logits(learner):
    for logits in ([1000.0, 999.0, 990.0], [-1000.0, -1001.0, -999.0]):
        got = _price(learner, logits, 1, SHIFT)
        true(got is None or math.isfinite(got), f"The price with the logits {logits} is {got}: {SHIFT}")
        close(got, oracle(logits, 1), what=f"the price of symbol 1 with the logits {logits}")


@points(2)
def test_great_surprise(learner):
    # Its probability is too small for a float, its price is not.
    for logits in ([0.0, 1000.0], [-1000.0, 3.0, 999.0, 1000.0]):
        advice = (
            "If you take the logarithm of a probability: this one is so small that it has become 0. Take the "
            "logarithm on paper, as the last formula does."
        )
        expected, got = oracle(logits, 0), _price(learner, logits, 0, advice)
        what = f"the price of symbol 0 with the logits {logits}"
        low = isinstance(got, float) and not 0.99 * expected < got < 1.01 * expected
        true(not low, f"{what[0].upper()}{what[1:]} is {got}, expected {expected:.6g}. {advice}")
        close(got, expected, what=what)


@points(1, graded=True)
def test_only_differences_count(learner, rng):
    logits, symbol = _guess(rng, 6)
    up = [logit + 5 for logit in logits]
    close(learner(up, symbol), oracle(logits, symbol), what="the price after 5 was added to all logits")
