"""Another rate: whole factors by stepping the old layer, others by its equation, piece by piece."""

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, true, unchanged

EXAMPLE = np.array([0.6 + 0.6j]), np.array([0.5]), 2.0


def _layer(rng, N):
    size, phase = rng.uniform(0.5, 0.97, N), rng.uniform(0.3, 2.8, N) * rng.choice([-1, 1], N)
    return size * np.exp(1j * phase), rng.uniform(0.2, 1.5, N)


def probe(rng):
    return [EXAMPLE, *((*_layer(rng, 3), factor) for factor in (2.0, 3.0, 0.5, 1.7, 0.3))]


def oracle(Lambda, gamma, factor):
    """Rounds of a very short step of the same equation; how often, says the factor.

    A short step turns to the side to which lambda points. Its factor of the input is what makes the old step,
    doubling by doubling, come out right.
    """
    halvings = 12
    count = 2**halvings
    short_log = (np.log(np.abs(Lambda)) + 1j * np.angle(Lambda)) / count
    short = np.exp(short_log)
    # From 0, with the input 1, the old step must come to gamma: so much does one short step bring.
    brought, power = np.ones_like(short), short.copy()
    for _ in range(halvings):  # 1 + short + short^2 + ..., doubled again and again
        brought, power = brought * (1 + power), power * power
    unit = gamma / brought
    # The new step is `factor * count` short ones: whole ones by their binary digits, and a rest.
    whole = int(factor * count)
    rest = factor * count - whole
    decay, entered = np.ones_like(short), np.zeros_like(short)
    power, sums = short.copy(), np.ones_like(short)
    while whole:
        if whole & 1:
            entered, decay = power * entered + sums * unit, decay * power
        sums, power = sums * (1 + power), power * power
        whole >>= 1
    series = 1 + (rest - 1) * short_log / 2 * (1 + (2 * rest - 1) * short_log / 6)
    last = np.exp(rest * short_log)
    return np.round(decay * last, 13), np.round(last * entered + unit * rest * series, 13)


def _pair(got, N):
    true(
        got is not None,
        "You return nothing (None), expected the tuple (new_Lambda, new_gamma). Is a return missing?",
    )
    if not isinstance(got, list):
        same_type(got, "tuple")
    true(len(got) == 2, f"You return {len(got)} values, expected two: new_Lambda and new_gamma.")
    for part in got:
        same_type(part, "array")
        same_shape(part, (N,), "(N,)")
        finite(part)
        same_dtype(part, "complex128")
    return got


def _check(learner, case, only=(0, 1)):
    got, expected = _pair(learner(*case), len(case[0])), oracle(*case)
    for which in only:
        name = ("new_Lambda", "new_gamma")[which]
        close(got[which], expected[which], what=f"{name} for the factor {case[2]:.4g}")


def _steps(learner, case, count):
    """One new step against `count` old ones with a held input."""
    Lambda, gamma, _ = case
    got = _pair(learner(*case), len(Lambda))
    h = np.zeros_like(Lambda)
    decay = np.ones_like(Lambda)
    for _ in range(count):
        h, decay = Lambda * h + gamma, Lambda * decay
    close(got[0], np.round(decay, 13), what=f"new_Lambda for the factor {count}")
    close(got[1], h, what=f"new_gamma for the factor {count}")


@points(1)
def test_runs(learner, rng):
    """It returns two complex arrays, and leaves the arguments as they were."""
    _pair(learner(*_layer(rng, 3), 2.0), 3)
    unchanged(learner)


@points(1)
def test_decay(learner, rng):
    """The new decay for half as many steps a second."""
    for case in (EXAMPLE, (*_layer(rng, 3), 2.0)):
        _check(learner, case, only=(0,))


@points(2)
def test_half_the_rate(learner, rng):
    """One new step does what two old ones do."""
    for case in (EXAMPLE, (*_layer(rng, 3), 2.0)):
        _steps(learner, case, 2)


@points(1)
def test_longer(learner, rng):
    """One new step does what three or five old ones do."""
    for count in (3, 5):
        _steps(learner, (*_layer(rng, 3), float(count)), count)


@points(2)
def test_twice_the_rate(learner, rng):
    """Two new steps do what one old one does."""
    for factor in (0.5, 0.25):
        _check(learner, (*_layer(rng, 3), factor))


@points(1)
def test_any_rate(learner, rng):
    """Factors that are no whole numbers, and 1, which changes nothing."""
    for factor in (1.7, 0.3, 2.5, 1.0):
        _check(learner, (*_layer(rng, 3), factor))


@points(2, graded=True)
def test_many(learner, rng):
    """Long memories, slow rhythms and other factors."""
    for _ in range(4):
        N = int(rng.integers(1, 6))
        _check(learner, (*_layer(rng, N), float(rng.uniform(0.1, 4))))
        phase = rng.uniform(0.01, 0.2, N) * rng.choice([-1, 1], N)
        slow = rng.uniform(0.98, 0.998, N) * np.exp(1j * phase)
        _check(learner, (slow, rng.uniform(0.05, 0.3, N), float(rng.integers(2, 5))))
