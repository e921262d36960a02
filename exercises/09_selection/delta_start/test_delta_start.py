"""delta_start: against decimal numbers with fifty digits."""

from decimal import Decimal, localcontext

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, unchanged

EXAMPLE = np.array([0.6931471805599453, 0.001, 3.0])


def probe(rng):
    return [
        (EXAMPLE,),
        (np.array([[0.2, 1.7], [4.0, 0.03]]),),
        (np.array([1.043e-12, 3e-9, 11.0, 13.0, 2000.0]),),
    ]


def _bias(delta):
    with localcontext() as context:
        context.prec = 50
        d = Decimal(float(delta))
        # exp of 10,000 has 4,343 digits before the point, which Decimal writes with an exponent.
        return float((d.exp() - 1).ln())


def oracle(delta):
    return np.array([_bias(d) for d in delta.ravel()]).reshape(delta.shape)


def _check(learner, delta, what):
    got = learner(delta)
    finite(got)
    close(got, oracle(delta), what=what)


@points(1)
def test_form(learner):
    """An array like the one that came in."""
    delta = np.array([[0.5, 1.0, 2.0], [0.1, 0.7, 1.5]])
    got = learner(delta)
    same_type(got, "array")
    same_shape(got, (2, 3), "the shape of delta")
    same_dtype(got, "float64")
    unchanged(learner)


@points(2)
def test_example(learner):
    """The three biases of the example."""
    _check(learner, EXAMPLE, "the bias")


@points(1)
def test_middle(learner, rng):
    """Lengths from 0.001 to 5."""
    _check(learner, 10 ** rng.uniform(-3, 0.7, 20), "the bias for a length between 0.001 and 5")


@points(2)
def test_short(learner):
    """Very short steps."""
    _check(learner, np.array([1e-5, 1e-8, 1e-12]), "the bias for a very short step")


@points(2)
def test_long(learner):
    """Very long steps."""
    _check(learner, np.array([11.0, 14.0, 18.0, 40.0, 800.0, 1e4]), "the bias for a very long step")


@points(1, graded=True)
def test_many(learner, rng):
    """Any shape, any length."""
    for shape in ((50,), (3, 4), (2, 3, 2), (1,)):
        _check(learner, np.array(10 ** rng.uniform(-12, 4, shape)), "the bias")
