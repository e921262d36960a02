"""rnn_step_lists: tanh(W h + U x + b) for one sequence, in lists."""

import math

from minirnn.course.checks import close, equal, points, same_type, unchanged

EXAMPLE = ([1.0, 0.0], [0.5, 0.0], [[0.0, 2.0], [1.0, 0.0]], [[1.0, 0.0], [1.0, 1.0]], [0.0, -1.0])


def probe(rng):
    # Square, so that a table the wrong way round gives a result and not an error.
    return [EXAMPLE, _arguments(rng, 3, 3)]


def oracle(x, h, W, U, b):
    # Column by column, with exact sums, and tanh by an exponential.
    columns = [*zip(zip(*W, strict=True), h, strict=True), *zip(zip(*U, strict=True), x, strict=True)]
    pushes = [[start] for start in b]
    for column, number in columns:
        for place, weight in enumerate(column):
            pushes[place].append(weight * number)
    return [1 - 2 / (1 + math.exp(2 * math.fsum(each))) for each in pushes]


def _arguments(rng, d_in, d_hidden):
    # At least 0.2 from 0, so that no part can be left out unnoticed.
    def numbers(count):
        return [rng.choice([-1, 1]) * rng.uniform(0.2, 0.9) for _ in range(count)]

    W, U = ([numbers(count) for _ in range(d_hidden)] for count in (d_hidden, d_in))
    return numbers(d_in), numbers(d_hidden), W, U, numbers(d_hidden)


@points(1)
def test_type(learner):
    got = learner(*EXAMPLE)
    same_type(got, "list")
    equal(len(got), 2, what="the number of numbers in the new state of the example")


@points(2)
def test_example(learner):
    close(learner(*EXAMPLE), oracle(*EXAMPLE), what="the new state of the example")


@points(2)
def test_three_numbers(learner, rng):
    arguments = _arguments(rng, 3, 3)
    close(learner(*arguments), oracle(*arguments), what="the new state, d_in = d_hidden = 3")
    unchanged(learner)


@points(2)
def test_other_sizes(learner, rng):
    for d_in, d_hidden in ((2, 3), (5, 2), (1, 4), (3, 1)):
        arguments = _arguments(rng, d_in, d_hidden)
        got = learner(*arguments)
        sizes = f"d_in = {d_in}, d_hidden = {d_hidden}"
        equal(len(got), d_hidden, what=f"the number of numbers in the new state, {sizes}")
        close(got, oracle(*arguments), what=f"the new state, {sizes}")


@points(1, graded=True)
def test_one_hot(learner, rng):
    # From an empty state a single 1 picks a column of U.
    _, _, W, U, b = _arguments(rng, 4, 3)
    for place in range(4):
        arguments = [float(j == place) for j in range(4)], [0.0] * 3, W, U, b
        close(learner(*arguments), oracle(*arguments), what=f"the new state for a 1 at place {place}")
