"""rnn_step_lists: tanh(W h + U x + b) for one sequence, in lists."""

import math

from minirnn.course.checks import Wrong, close, equal, points, same_type, true, unchanged

ROUGH = 1e-4  # so that rounded numbers lose the points of one rung only
EXAMPLE = ([1.0, 0.0], [0.5, 0.0], [[0.0, 2.0], [1.0, 0.0]], [[1.0, 0.0], [1.0, 1.0]], [0.0, -1.0])


def probe(rng):
    # Square, so that a table the wrong way round gives a result and not an error.
    return [_arguments(rng, 3, 3), *_arguments_of_other_sizes(rng)[:2]]


def oracle(x, h, W, U, b):
    # Column by column, with exact sums, and tanh by an exponential.
    columns = [*zip(zip(*W, strict=True), h, strict=True), *zip(zip(*U, strict=True), x, strict=True)]
    pushes = [[start] for start in b]
    for column, number in columns:
        for place, weight in enumerate(column):
            pushes[place].append(weight * number)
    return [1 - 2 / (1 + math.exp(2 * min(math.fsum(each), 300))) for each in pushes]


def _arguments(rng, d_in, d_hidden):
    # At least 0.2 from 0, so that no part can be left out unnoticed.
    def numbers(count):
        return [rng.choice([-1, 1]) * rng.uniform(0.2, 0.9) for _ in range(count)]

    W, U = ([numbers(count) for _ in range(d_hidden)] for count in (d_hidden, d_in))
    return numbers(d_in), numbers(d_hidden), W, U, numbers(d_hidden)


def _arguments_of_other_sizes(rng):
    return [_arguments(rng, *sizes) for sizes in ((2, 3), (4, 2), (1, 4), (3, 1))]


def _check(got, arguments, what, tolerance=ROUGH):
    if isinstance(got, list) and got and all(isinstance(each, list) for each in got):
        got = [number for each in got for number in each]  # of which test_type has spoken
    close(got, oracle(*arguments), tolerance, what=what)


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    same_type(got, "list")
    true(
        not any(isinstance(number, (list, tuple)) for number in got),
        "Your list holds lists where numbers were expected: a state is a flat list of numbers, as h is.",
    )
    equal(len(got), 2, what="the number of numbers in the new state of the example")


@points(1)
def test_input_alone(learner, rng):
    # Nothing in mind and no push of b.
    x, _, W, U, _ = _arguments(rng, 3, 3)
    arguments = x, [0.0] * 3, W, U, [0.0] * 3
    _check(learner(*arguments), arguments, "the new state when h and b are 0 and x is not")


@points(1)
def test_state_alone(learner, rng):
    _, h, W, U, _ = _arguments(rng, 3, 3)
    arguments = [0.0] * 3, h, W, U, [0.0] * 3
    _check(learner(*arguments), arguments, "the new state when x and b are 0 and h is not")


@points(1)
def test_three_numbers(learner, rng):
    _, _, W, U, b = _arguments(rng, 3, 3)
    for arguments in (([0.0] * 3, [0.0] * 3, W, U, b), _arguments(rng, 3, 3)):
        what = "the new state when x and h are 0 and b is not" if not any(arguments[0]) else "the new state"
        _check(learner(*arguments), arguments, what)


@points(1)
def test_example(learner):
    _check(learner(*EXAMPLE), EXAMPLE, "the new state of the example")


@points(1)
def test_other_sizes(learner, rng):
    for arguments in _arguments_of_other_sizes(rng):
        sizes = f"d_in = {len(arguments[0])}, d_hidden = {len(arguments[1])}"
        _check(learner(*arguments), arguments, f"the new state, {sizes}")


@points(1)
def test_all_digits(learner, rng):
    x, _, W, U, _ = _arguments(rng, 3, 3)
    arguments = x, [0.0] * 3, W, U, [0.0] * 3
    _check(learner(*arguments), arguments, "the new state, with all its digits,", 1e-9)


@points(1)
def test_large_sums(learner, rng):
    x, h, W, U, b = _arguments(rng, 3, 2)
    arguments = [3000 * number for number in x], h, W, U, b
    try:
        got = learner(*arguments)
    except Wrong as wrong:
        if "OverflowError" not in wrong.message:
            raise
        advice = (
            "If you write tanh yourself: exp of a large number is too large for a float. math.tanh is not."
        )
        raise Wrong(f"{wrong.message}. {advice}", kind=wrong.kind, where=wrong.where) from None
    _check(got, arguments, "the new state for sums in the thousands")
    unchanged(learner)


@points(1, graded=True)
def test_one_hot(learner, rng):
    # From an empty state a single 1 picks a column of U.
    _, _, W, U, b = _arguments(rng, 4, 3)
    for place in range(4):
        arguments = [float(j == place) for j in range(4)], [0.0] * 3, W, U, b
        _check(learner(*arguments), arguments, f"the new state for a 1 at place {place}")
