"""sequence_loss: the mean of -log softmax at the next symbol, over batch and time."""

import math
from decimal import Decimal

import numpy as np

from minirnn.course.checks import close, points, same_type, true, unchanged

DIGITS = 1e-6  # float32 inside is good enough
ROUGH = 1e-4  # so that a rounded loss loses the points of one rung only
EXAMPLE = (np.array([[[0, 0], [math.log(3), 0], [5, 5]]]), np.array([[0, 1, 0]]))


def probe(rng):
    generic = [_arguments(rng, 2, 5, 3), _arguments(rng, 3, 4, 4), _arguments(rng, 1, 6, 3)]
    return [*generic, EXAMPLE, _shifted(rng), _far_off(), _low()]


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
    symbols[0, :3] = [1, 0, 0][:time]
    return 2 * rng.standard_normal((batch, time, vocabulary)) + rng.uniform(-1, 1, (batch, 1, 1)), symbols


def _shifted(rng):
    # A number added to all logits changes no probability.
    logits, symbols = _arguments(rng, 2, 5, 3)
    return logits + 800, symbols


def _far_off():
    # The first guess is sure and wrong, the second sure and right, on a much smaller scale.
    return np.array([[[1000.0, 0.0, 1.0], [-2.0, -1000.0, 100.0], [0.0, 1.0, 2.0]]]), np.array([[0, 1, 2]])


def _low():
    # All logits of a step far below 0, so that every exp is 0.
    return np.array([[[-1000.0, -1001.0], [-2000.0, -2003.0], [0.5, 0.0]]]), np.array([[0, 1, 0]])


def _check(got, expected, what, tolerance=ROUGH):
    if getattr(got, "shape", ()) and got.size == 1:
        got = got.item()  # of which test_type has spoken
    close(got, expected, tolerance, what=what)


@points(1)
def test_type(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 3))
    true(
        not getattr(got, "shape", ()) and not isinstance(got, (list, tuple)),
        "Your function returned several numbers, expected one float: the mean over all judged guesses.",
    )
    same_type(got, "float")


@points(1)
def test_knows_nothing(learner, rng):
    # Equal logits: the loss is log V, whatever comes.
    symbols = rng.integers(7, size=(3, 5))
    _check(learner(np.zeros((3, 5, 7)), symbols), math.log(7), "the loss of equal logits for 7 symbols")


@points(2)
def test_one_guess(learner):
    # Two steps, one judged guess: it gives symbol 1 the probability 0.3.
    logits = np.log([[[0.7, 0.3], [0.01, 0.99]]])
    for symbols, p in (([[0, 1]], 0.3), ([[1, 0]], 0.7)):
        got = learner(logits, np.array(symbols))
        _check(got, -math.log(p), f"the loss of one guess with p = {p}")


@points(1)
def test_two_guesses(learner, rng):
    logits, symbols = _arguments(rng, 1, 3, 4)
    _check(learner(logits, symbols), oracle(logits, symbols), "the loss of two guesses of one sequence")


@points(1)
def test_example(learner):
    _check(learner(*EXAMPLE), oracle(*EXAMPLE), "the loss of the example")


@points(2)
def test_batch(learner, rng):
    for batch, time, vocabulary in ((2, 2, 3), (1, 6, 3), (3, 4, 4), (4, 3, 5)):
        arguments = _arguments(rng, batch, time, vocabulary)
        sizes = f"batch = {batch}, time = {time}, vocabulary = {vocabulary}"
        _check(learner(*arguments), oracle(*arguments), f"the loss, {sizes}")
    unchanged(learner)


@points(1)
def test_not_rounded(learner, rng):
    got = learner(np.log([[[0.7, 0.3], [0.01, 0.99]]]), np.array([[0, 1]]))
    _check(got, -math.log(0.3), "the loss of one guess with p = 0.3, not rounded,", DIGITS)
    for sizes in ((2, 2, 3), (2, 3, 3)):
        arguments = _arguments(rng, *sizes)
        _check(learner(*arguments), oracle(*arguments), "the loss, not rounded,", DIGITS)


@points(2)
def test_large_logits(learner, rng):
    shifted = _shifted(rng)
    got = learner(*shifted)
    true(
        _is_finite(got),
        "The loss is not finite for logits near 800, where exp overflows: subtract the largest logit first.",
    )
    _check(got, oracle(*shifted), "the loss with 800 added to all logits", 1e-3)
    got = learner(*_low())
    true(
        _is_finite(got),
        "The loss is not finite for a step whose logits are all near -1000, where every exp becomes 0: "
        "subtract from each step its own largest logit first.",
    )
    _check(got, oracle(*_low()), "the loss for logits near -1000 and -2000")
    far_off = _far_off()
    got, expected = learner(*far_off), oracle(*far_off)
    true(
        _is_finite(got),
        "The loss is not finite when some logits are near 1000 and others near 0: take no logarithm of a "
        "number that has become 0, and subtract from each step its own largest logit.",
    )
    advice = (
        "If you take the logarithm of a probability, or of a small number in its place: this one is so small "
        "that it has become 0. Take the logarithm on paper."
    )
    what = "The loss of a guess that was sure and wrong"
    low = isinstance(got, float) and got < 0.99 * expected
    true(not low, f"{what} is {got}, expected {expected:.6g}. {advice}")
    _check(got, expected, "the loss of a guess that was sure and wrong")


def _is_finite(got):
    """Whether it is finite, if it is a number at all; if not, the comparison says so."""
    return not (isinstance(got, (int, float, np.ndarray)) and not np.isfinite(got).all())


@points(1, graded=True)
def test_first_and_last_do_not_count(learner, rng):
    # Neither the first symbol nor the last guess has anything to do with the loss.
    logits, symbols = _arguments(rng, 2, 5, 3)
    expected = oracle(logits, symbols)
    other_logits, other_symbols = logits.copy(), symbols.copy()
    other_logits[:, -1] = rng.standard_normal((2, 3))
    other_symbols[:, 0] = (symbols[:, 0] + 1) % 3
    _check(learner(other_logits, symbols), expected, "the loss with another guess at the last step")
    _check(learner(logits, other_symbols), expected, "the loss with another first symbol")
