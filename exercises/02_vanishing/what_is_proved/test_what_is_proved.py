"""what_is_proved: the stretch comes from W transposed times W, the spectral radius from a high power of W."""

import math

import numpy as np

from minirnn.course.checks import points, same_type, true, unchanged

LIMITS = {"tanh": 1, "sigmoid": 4}
WORDS = ("vanishes", "grows", "open")
EXAMPLES = [
    (np.array([[0.5, 4.0], [0.0, 0.5]]), "linear"),
    (np.array([[2.0, 2.0], [-2.0, -2.0]]), "tanh"),
    (np.array([[0.5, 3.0], [0.0, 0.5]]), "sigmoid"),
]
TURN = np.array([[0.0, -1.0], [1.0, 0.0]])  # its eigenvalues have no real part
SMALL_TURN, LARGE_TURN = 0.7 * TURN, 1.2 * TURN
NEGATIVE = np.diag([-1.4, 0.3])  # its largest eigenvalue is not that of the largest modulus
ALL_ALIKE = np.full((4, 4), 0.3)  # each number small, the stretch 1.2
SPREAD = np.diag([0.9, 0.8, -0.7, 0.9])  # many numbers, Frobenius norm above 1, stretch below
CANCELS = np.array([[1.8, 1.8], [-1.8, -1.8]])  # its square is zero


def probe(rng):
    made = [
        np.diag([0.2, 0.3]),
        SMALL_TURN,
        LARGE_TURN,
        NEGATIVE,
        ALL_ALIKE,
        SPREAD,
        CANCELS,
        3 * TURN,
        5 * TURN,
    ]
    made += [
        np.array([[0.5]]),
        np.array([[-1.3]]),
        np.diag([3.0, 0.1]),
        np.diag([0.9, 4.5]),
        EXAMPLES[0][0],
        EXAMPLES[2][0],
    ]
    made += [_scaled(rng, stretch) for stretch in (0.2, 0.8, 1.3, 3.5, 6.0)]
    return [(W, activation) for W in made for activation in ("tanh", "sigmoid", "linear")]


def _largest_stretch(W):
    return math.sqrt(max(np.linalg.eigvalsh(W.T @ W)))


def _radius(W):
    """The growth per step of W to the power of 2^30, as Gelfand has it."""
    log, power = 0.0, np.array(W, dtype=float)
    for _ in range(30):
        size = float(abs(power).max())
        if size == 0:
            return 0.0
        log, power = 2 * (log + math.log(size)), (power / size) @ (power / size)
    size = float(abs(power).max())
    return math.exp((log + math.log(size)) / 2**30) if size else 0.0


def oracle(W, activation):
    if activation in LIMITS:
        return "open" if _largest_stretch(W) > LIMITS[activation] else "vanishes"
    return "grows" if _radius(W) > 1 else "vanishes"


def _scaled(rng, stretch, n=3):
    W = rng.standard_normal((n, n))
    return stretch * W / _largest_stretch(W)


def _clear(rng, n):
    """A matrix that no condition is in doubt about."""
    while True:
        W = rng.standard_normal((n, n)) * rng.uniform(0.2, 1.5)
        values = (_largest_stretch(W), _largest_stretch(W) / 4, _radius(W))
        if all(abs(value - 1) > 0.02 for value in values):
            return W


def _check(learner, W, activation):
    got = learner(W, activation)
    true(got is not None, "Your function returned nothing (None), expected a word: is a return missing?")
    same_type(got, "str")
    true(got in WORDS, f"{got!r} is none of the three words: {', '.join(WORDS)}.")
    expected = oracle(W, activation)
    shown = str(W.round(3).tolist())
    if len(shown) > 80:
        shown = f"[{W[0].round(3).tolist()}, ...], {len(W)} rows,"
    true(got == expected, f"For W = {shown} and {activation!r} you say {got!r}, expected {expected!r}.")


@points(1)
def test_runs(learner):
    """A word comes back, for the examples the right one."""
    for example in EXAMPLES:
        _check(learner, *example)


@points(2)
def test_tanh(learner, rng):
    """The limit is 1."""
    for W in (SMALL_TURN, LARGE_TURN, SPREAD, ALL_ALIKE, _scaled(rng, 0.9), _scaled(rng, 1.1)):
        _check(learner, W, "tanh")


@points(2)
def test_sigmoid(learner, rng):
    """The limit is 4."""
    for W in (SMALL_TURN, 3 * TURN, 5 * TURN, _scaled(rng, 3.7), _scaled(rng, 4.3), 3.9 * SPREAD):
        _check(learner, W, "sigmoid")


@points(2)
def test_linear(learner, rng):
    """The eigenvalues decide, both ways."""
    for W in (SMALL_TURN, LARGE_TURN, NEGATIVE, ALL_ALIKE, SPREAD):
        _check(learner, W, "linear")


@points(2)
def test_stretch_is_not_radius(learner):
    """Matrices that stretch in one step and not in the long run."""
    for W in (CANCELS, np.array([[0.9, 2.0], [0.0, -0.8]]), np.array([[0.0, 3.0], [0.2, 0.0]])):
        for activation in ("tanh", "sigmoid", "linear"):
            _check(learner, W, activation)
    unchanged(learner)


@points(2, graded=True)
def test_many(learner, rng):
    for n in (1, 2, 3, 5, 8) * 3:
        W = _clear(rng, n)
        for activation in ("tanh", "sigmoid", "linear"):
            _check(learner, W, activation)
