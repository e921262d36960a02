"""A causal convolution: against sums written out, and at chosen steps of a long sequence."""

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, unchanged

FORBIDDEN = {
    "numpy.convolve": "Do it with np.fft.",
    "numpy.correlate": "Do it with np.fft.",
}


def made(rng, length, batch, time):
    return rng.uniform(0.5, 1.5, length), rng.uniform(-1.5, 1.5, (batch, time))


def probe(rng):
    return [
        (np.array([1.0, 0.5, 0.25]), np.array([[1.0, 0.0, 2.0]])),
        made(rng, 6, 1, 6),
        made(rng, 5, 2, 5),
        made(rng, 3, 2, 8),
        made(rng, 4, 3, 7),
        made(rng, 9, 2, 5),
        made(rng, 12, 2, 6),
        made(rng, 1, 2, 5),
    ]


def oracle(kernel, x):
    """One layer for each step of the kernel, moved and added."""
    y = np.zeros(x.shape)
    for lag, weight in enumerate(kernel[: x.shape[1]]):
        y[:, lag:] += weight * x[:, : x.shape[1] - lag]
    return y


def _check(learner, kernel, x, what):
    got = learner(kernel, x)
    same_type(got, "array")
    same_shape(got, x.shape, "(batch, time)")
    same_dtype(got, "float64")
    close(got, oracle(kernel, x), time=1, what=what)


@points(1)
def test_runs(learner):
    """The example: an array of real numbers of the right shape."""
    kernel, x = np.array([1.0, 0.5, 0.25]), np.array([[1.0, 0.0, 2.0]])
    _check(learner, kernel, x, "the answer of the example")


@points(2)
def test_as_long(learner, rng):
    """A kernel as long as the claps: nothing comes in at the beginning."""
    _check(learner, *made(rng, 6, 1, 6), "the answer")
    _check(learner, *made(rng, 5, 1, 5), "the answer, with an odd time,")


@points(1)
def test_batch(learner, rng):
    """Several rows; the arguments are as they were."""
    _check(learner, *made(rng, 6, 3, 6), "the answer")
    unchanged(learner)


@points(1)
def test_shorter(learner, rng):
    """A short kernel, and one of a single number."""
    for length in (4, 3, 1):
        _check(learner, *made(rng, length, 2, 9), f"the answer with a kernel of {length}")


@points(1)
def test_longer(learner, rng):
    """A kernel longer than the claps, and a single step."""
    for length, time in ((7, 5), (10, 5), (16, 6), (4, 1)):
        _check(learner, *made(rng, length, 2, time), f"the answer with a kernel of {length}")


@points(2)
def test_long(learner, rng):
    """200,000 steps: no loop is done in time."""
    kernel, x = made(rng, 200_000, 1, 200_000)
    got = learner(kernel, x)
    same_shape(got, x.shape, "(batch, time)")
    for t in (0, 1, 1000, 131_071, 199_999):
        expected = float(kernel[: t + 1] @ x[0, t::-1])
        close(float(np.asarray(got)[0, t]), expected, 1e-6, what=f"the answer at step {t:,}")


@points(2, graded=True)
def test_many(learner, rng):
    """Sizes that nobody has seen."""
    for _ in range(8):
        length, batch, time = (int(rng.integers(1, high)) for high in (40, 4, 40))
        _check(learner, *made(rng, length, batch, time), f"the answer with a kernel of {length}")
