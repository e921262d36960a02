"""The input from the last state: the recurrence is run, and its input must come back."""

import numpy as np

from minirnn.course.checks import close, points, same_dtype, same_shape, same_type, unchanged


def factors(rng, N):
    """In the upper half, near the circle and well apart: with their mirror images about evenly spaced."""
    angle = np.pi * (np.arange(N) + 0.5 + rng.uniform(-0.1, 0.1, N)) / N
    Lambda = rng.uniform(0.97, 1.0, N) * np.exp(1j * angle)
    return rng.permutation(np.where(rng.random(N) < 0.5, Lambda, Lambda.conj()))


def run(Lambda, h0, x):
    h = h0
    for now in x:
        h = Lambda * h + now
    return h


def made(rng, N, time, from_zero=False):
    """The arguments, and the inputs."""
    Lambda, x = factors(rng, N), rng.uniform(0.5, 2, time) * rng.choice([-1, 1], time)
    h0 = np.zeros(N, complex) if from_zero else rng.uniform(0.5, 1.5, N) + 1j * rng.uniform(0.5, 1.5, N)
    return (Lambda, run(Lambda, h0, x), h0, time), x


EXAMPLE = (np.array([1j]), np.array([3 + 2j]), np.array([0j]), 2), np.array([2.0, 3.0])
SIZES = ((1, 1), (3, 3), (4, 3), (3, 6), (4, 7))


def probe(rng):
    return [
        EXAMPLE[0],
        made(rng, 3, 3, from_zero=True)[0],
        made(rng, 3, 6, from_zero=True)[0],
        *(made(rng, N, time)[0] for N, time in SIZES),
    ]


def oracle(Lambda, h, h0, time):
    """Newton's way: the polynomial with these values at the factors and, mirrored, at their mirror images.

    Its coefficients are the inputs. With fewer inputs than values it goes through the first ones only.
    """
    points_at = np.ravel(np.stack([Lambda, Lambda.conj()], 1))[:time]
    value = h - Lambda**time * h0
    differences = np.ravel(np.stack([value, value.conj()], 1))[:time]
    for order in range(1, time):
        differences[order:] = (differences[order:] - differences[order - 1 : -1]) / (
            points_at[order:] - points_at[:-order]
        )
    coefficients = np.zeros(time, complex)  # the highest power first
    for d, z in zip(differences[::-1], points_at[::-1], strict=True):
        coefficients = np.append(coefficients[1:], 0) - z * coefficients
        coefficients[-1] += d
    return coefficients.real


def _check(learner, case, what):
    arguments, x = case
    got = learner(*arguments)
    same_type(got, "array")
    same_shape(got, x.shape, "(time,)")
    same_dtype(got, "float64")
    close(got, x, 1e-6, time=0, what=what)


@points(1)
def test_runs(learner):
    """The example: two inputs from one state."""
    got = learner(*EXAMPLE[0])
    same_type(got, "array")
    same_shape(got, (2,), "(time,)")
    same_dtype(got, "float64")


@points(2)
def test_as_many(learner, rng):
    """As many inputs as states, or fewer, from zero."""
    for N, time in ((1, 1), (3, 3), (5, 5), (5, 2)):
        _check(learner, made(rng, N, time, from_zero=True), f"the input (time {time}, N {N})")


@points(2)
def test_start(learner, rng):
    """From a start that is not zero; the arguments are as they were."""
    for N, time in ((1, 1), (3, 3), (5, 2)):
        _check(learner, made(rng, N, time), f"the input (time {time}, N {N})")
    unchanged(learner)


@points(3)
def test_twice_as_many(learner, rng):
    """More real inputs than complex states, up to twice as many."""
    _check(learner, EXAMPLE, "the input of the example")
    for N, time in ((3, 4), (3, 6), (8, 16)):
        _check(learner, made(rng, N, time), f"the input (time {time}, N {N})")


@points(2, graded=True)
def test_many(learner, rng):
    """States that nobody has seen."""
    for _ in range(8):
        N = int(rng.integers(1, 16))
        time = int(rng.integers(1, 2 * N + 1))
        _check(learner, made(rng, N, time), f"the input (time {time}, N {N})")
