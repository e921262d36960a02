"""All modes, mirror images among them, walked through by the loop."""

import cmath

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, unchanged

REAL = np.array([-1 + 0j]), np.array([1 + 0j]), 1.0, 3
PAIR = np.array([-1 + 2j]), np.array([1 - 1j]), 1.0, 3
BOTH = np.array([-1 + 0j, -1 + 2j]), np.array([1 + 0j, 1 - 1j]), 1.0, 3


def _modes(rng, real, pairs):
    """So many of each, in any order, pairs kept from either side."""
    A = np.concatenate(
        [
            -rng.uniform(0.3, 2.5, real) + 0j,
            -rng.uniform(0.2, 1.5, pairs) + 1j * rng.uniform(0.5, 6, pairs) * rng.choice([-1, 1], pairs),
        ]
    )
    C = rng.normal(size=real + pairs) + 1j * rng.normal(size=real + pairs)
    C[:real] = C[:real].real
    order = rng.permutation(real + pairs)
    return A[order], C[order]


# Half a turn in each step: sampled, its decay is a negative real number. The other one makes a whole turn.
HALF_TURN = np.array([-0.4 + 2j * np.pi, -0.7 + 0j]), np.array([1.3 - 0.4j, 0.8 + 0j]), 0.5, 6
# A pair may be read with a real number, too.
READ_REAL = np.array([-0.3 + 1.2j, -0.9 - 2j]), np.array([0.7 + 0j, -1.1 + 0j]), 0.5, 6
WHOLE_TURN = np.array([-0.4 - 4j * np.pi]), np.array([0.6 + 1.1j]), 0.5, 6


def probe(rng):
    return [
        REAL,
        PAIR,
        BOTH,
        (*_modes(rng, 2, 0), 0.3, 6),
        (*_modes(rng, 0, 2), 0.3, 6),
        (*_modes(rng, 2, 3), 0.4, 8),
        HALF_TURN,
        WHOLE_TURN,
        READ_REAL,
    ]


def oracle(A, C, delta, length):
    """The whole equation: each complex mode gets its mirror image, and a single 1 is stepped through all."""
    modes = []
    for a, c in zip(A.tolist(), C.tolist(), strict=True):
        modes.append((a, c))
        if a.imag:
            modes.append((a.conjugate(), c.conjugate()))
    states, found = [0j] * len(modes), []
    for step in range(length):
        x = 1.0 if step == 0 else 0.0
        # In a step the state goes towards its rest, -x / a.
        states = [cmath.exp(delta * a) * (h + x / a) - x / a for h, (a, _) in zip(states, modes, strict=True)]
        found.append(sum(c * h for h, (_, c) in zip(states, modes, strict=True)).real)
    return np.array(found)


def _check(learner, case, what):
    got = learner(*case)
    same_type(got, "array")
    same_shape(got, (case[3],), "(length,)")
    finite(got)
    same_dtype(got, "float64")
    close(got, oracle(*case), time=0, what=what)


@points(1)
def test_runs(learner):
    """It returns a real number for each step."""
    got = learner(*BOTH)
    same_type(got, "array")
    same_shape(got, (3,), "(length,)")
    same_dtype(got, "float64")
    unchanged(learner)


@points(1)
def test_real_mode(learner, rng):
    """Real modes alone."""
    for case in (REAL, (*_modes(rng, 2, 0), 0.3, 6)):
        _check(learner, case, "the kernel of real modes")


@points(2)
def test_pair(learner, rng):
    """Pairs alone."""
    for case in (PAIR, (*_modes(rng, 0, 2), 0.3, 6)):
        _check(learner, case, "the kernel of pairs")


@points(2)
def test_both(learner, rng):
    """Real modes and pairs, in any order."""
    for case in (BOTH, (*_modes(rng, 2, 3), 0.4, 8), READ_REAL):
        _check(learner, case, "the kernel")


@points(2)
def test_turns(learner):
    """Pairs that turn by a half or by a whole turn in each step: sampled, they look like real modes."""
    _check(
        learner, HALF_TURN, "the kernel of a pair that turns by half a turn in each step, and a real mode,"
    )
    _check(learner, WHOLE_TURN, "the kernel of a pair that turns by a whole turn in each step")


@points(1)
def test_one_number(learner, rng):
    """A kernel of one number."""
    _check(learner, (*_modes(rng, 1, 1), 0.7, 1), "the kernel of length 1")


@points(2, graded=True)
def test_many(learner, rng):
    """Other modes, steps and lengths."""
    for _ in range(5):
        modes = _modes(rng, int(rng.integers(1, 4)), int(rng.integers(1, 5)))
        _check(learner, (*modes, float(rng.uniform(0.05, 1.5)), int(rng.integers(1, 40))), "the kernel")
