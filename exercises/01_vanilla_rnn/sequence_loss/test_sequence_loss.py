"""sequence_loss: the mean of -log softmax at the next symbol, over batch and time."""

import math
from decimal import Decimal

import numpy as np

from minirnn.course.checks import close, finite, points, same_type, true, unchanged

TOLERANCE = 1e-5  # float32 inside is good enough
EXAMPLE = (np.array([[[0, 0], [math.log(3), 0], [5, 5]]]), np.array([[0, 1, 0]]))


def probe(rng):
    return [EXAMPLE, _arguments(rng, 2, 5, 3), _arguments(rng, 3, 4, 4), _shifted(rng), _far_off()]


def oracle(logits, symbols):
    # Decimal numbers have no largest power of ten to speak of: exp(1000) is one of them.
    costs = []
    for guesses, sequence in zip(logits.tolist(), symbols.tolist(), strict=True):
        for guess, came in zip(guesses[:-1], sequence[1:], strict=True):
            weights = [Decimal(number).exp() for number in guess]
            costs.append(-float((weights[came] / sum(weights)).ln()))
    return math.fsum(costs) / len(costs)


def _arguments(rng, batch, time, vocabulary):
    symbols = rng.integers(vocabulary, size=(batch, time))
    symbols[0, :3] = [1, 0, 0]
    return 2 * rng.standard_normal((batch, time, vocabulary)) + rng.uniform(-1, 1, (batch, 1, 1)), symbols


def _shifted(rng):
    # A number added to all logits changes no probability.
    logits, symbols = _arguments(rng, 2, 5, 3)
    return logits + 800, symbols


def _far_off():
    # The first guess is sure and wrong, the second sure and right, on a much smaller scale.
    return np.array([[[1000.0, 0.0, 1.0], [-2.0, -1000.0, 100.0], [0.0, 1.0, 2.0]]]), np.array([[0, 1, 2]])


@points(1)
def test_type(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 3))
    same_type(got, "float")
    finite(got)


@points(2)
def test_one_guess(learner):
    # Two steps, one judged guess: it gives symbol 1 the probability 1/4.
    logits = np.log([[[0.75, 0.25], [0.01, 0.99]]])
    close(
        learner(logits, np.array([[0, 1]])), math.log(4), TOLERANCE, what="the loss of one guess with p = 1/4"
    )
    close(
        learner(logits, np.array([[1, 0]])),
        -math.log(0.75),
        TOLERANCE,
        what="the loss of one guess with p = 3/4",
    )


@points(2)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), TOLERANCE, what="the loss of the example")


@points(2)
def test_batch(learner, rng):
    for batch, time, vocabulary in ((1, 6, 3), (3, 4, 4), (4, 3, 5)):
        arguments = _arguments(rng, batch, time, vocabulary)
        sizes = f"batch = {batch}, time = {time}, vocabulary = {vocabulary}"
        close(learner(*arguments), oracle(*arguments), TOLERANCE, what=f"the loss, {sizes}")
    unchanged(learner)


@points(2)
def test_large_logits(learner, rng):
    shifted = _shifted(rng)
    got = learner(*shifted)
    same_type(got, "float")
    true(
        math.isfinite(got),
        "The loss is not finite for logits near 800, where exp overflows: subtract the largest logit first.",
    )
    close(got, oracle(*shifted), 1e-3, what="the loss with 800 added to all logits")
    far_off = _far_off()
    got = learner(*far_off)
    same_type(got, "float")
    true(
        math.isfinite(got),
        "The loss is not finite when some logits are near 1000 and others near 0: take no logarithm of a "
        "number that has become 0, and subtract from each step its own largest logit.",
    )
    close(got, oracle(*far_off), TOLERANCE, what="the loss of a guess that was sure and wrong")


@points(1, graded=True)
def test_knows_nothing(learner, rng):
    # Equal logits: the loss is log V, whatever comes.
    symbols = rng.integers(7, size=(3, 5))
    close(
        learner(np.zeros((3, 5, 7)), symbols),
        math.log(7),
        TOLERANCE,
        what="the loss of equal logits for 7 symbols",
    )


@points(1, graded=True)
def test_first_and_last_do_not_count(learner, rng):
    # Neither the first symbol nor the last guess has anything to do with the loss.
    logits, symbols = _arguments(rng, 2, 5, 3)
    expected = oracle(logits, symbols)
    other_logits, other_symbols = logits.copy(), symbols.copy()
    other_logits[:, -1] = rng.standard_normal((2, 3))
    other_symbols[:, 0] = (symbols[:, 0] + 1) % 3
    close(
        learner(other_logits, symbols),
        expected,
        TOLERANCE,
        what="the loss with another guess at the last step",
    )
    close(learner(logits, other_symbols), expected, TOLERANCE, what="the loss with another first symbol")
