"""The rungs of NAME."""

from fractions import Fraction

from minirnn.course.checks import close, points, same_type


def probe(rng):
    """What the learner's function and the mistakes are compared on."""
    return [([1.0, 2.0, 6.0],), ([rng.uniform(-1, 1) for _ in range(5)],)]


def oracle(numbers):
    """In exact fractions, rounded once at the end."""
    return float(sum(map(Fraction, numbers)) / len(numbers))


@points(1)
def test_runs(learner):
    learner([1.0, 2.0, 6.0])


@points(1)
def test_type(learner):
    same_type(learner([1.0, 2.0, 6.0]), "float")


@points(2)
def test_value(learner):
    close(learner([1.0, 2.0, 6.0]), 3.0, what="the mean of 1, 2 and 6")


@points(1, graded=True)
def test_many(learner, rng):
    numbers = [rng.uniform(-1, 1) for _ in range(100)]
    close(learner(numbers), oracle(numbers), what="the mean of 100 numbers")
