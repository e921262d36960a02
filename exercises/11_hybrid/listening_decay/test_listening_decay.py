"""The decay of the RG-LRU: against loops in decimal numbers of fifty digits."""

from decimal import Decimal, localcontext

import numpy as np

from minirnn.course.checks import close, finite, points, same_dtype, same_shape, same_type, true, unchanged

ROUGH = 1e-6  # how close numbers must be where precision is not in question, which rungs of their own ask


def _one(x, r_push, i_push, Lambda, first):
    """a_t and b_t of one number."""
    with localcontext() as context:
        context.prec = 50
        x, r_push, i_push, Lambda = (Decimal(float(z)) for z in (x, r_push, i_push, Lambda))
        r, i, a = (1 / (1 + (-z).exp()) for z in (r_push, i_push, Lambda))
        a = Decimal(0) if first else (8 * r * a.ln()).exp()
        return float(a), float((1 - a * a).sqrt() * i * x)


def oracle(x, r_push, i_push, Lambda, first):
    a, b = np.zeros(x.shape), np.zeros(x.shape)
    for t in range(x.shape[0]):
        for j in range(x.shape[1]):
            a[t, j], b[t, j] = _one(x[t, j], r_push[t, j], i_push[t, j], Lambda[j], first[t])
    return a, b


def _case(rng, time=4, dim=3, first=(), push=2.0):
    """A case with ordinary numbers; first: the steps at which a document begins."""
    x, r_push, i_push = (
        rng.uniform(0.3, push, (time, dim)) * rng.choice([-1, 1], (time, dim)) for _ in range(3)
    )
    Lambda = rng.uniform(0.5, 3.0, dim)
    begins = np.zeros(time, bool)
    begins[list(first)] = True
    return x, r_push, i_push, Lambda, begins


def _near_one(rng, time=3, dim=4):
    """A case in which float64 rounds decays to 1: little moved (rows), and long learned (columns)."""
    x, r_push, i_push, Lambda, first = _case(rng, time, dim)
    r_push -= np.linspace(0, 36, time)[:, None]
    return 1e9 * x, r_push, i_push, Lambda + np.linspace(0, 36, dim), first  # large, so that b is not small


def probe(rng):
    return [
        _case(rng, 2, 2),
        _case(rng, first=(0, 2)),
        _case(rng, 3, 3, first=(1,)),
        _near_one(rng),
        (np.array([[2.0]]), np.zeros((1, 1)), np.zeros((1, 1)), np.zeros(1), np.array([False])),
    ]


def _two(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 2,
        "Return two arrays, as in `return a, b`.",
    )
    for part in got:
        same_type(part, "array")
    return got


def _relative(got, expected, what):
    """To nine digits of each number, however small; where 0 is expected, 0."""
    scale = np.where(abs(expected) < 1e-300, 1.0, expected)
    close(got / scale, expected / scale, what=f"{what}, as a multiple of the right value,")


@points(1)
def test_runs(learner, rng):
    """It returns two arrays of the right shape and dtype."""
    for args in (_case(rng), _case(rng, 1, 2)):
        for part in _two(learner(*args)):
            same_shape(part, args[0].shape, "(time, dim)")
            same_dtype(part, "float64")
            finite(part)


@points(1)
def test_example(learner):
    """The example, first the decay and then what is added."""
    one = np.zeros((1, 1))
    for begins in (False, True):
        args = np.array([[2.0]]), one, one, np.zeros(1), np.array([begins])
        got, expected = _two(learner(*args)), oracle(*args)
        where = " at the first step of a document" if begins else ""
        close(got[0], expected[0], ROUGH, what=f"a in the example{where}")
        close(got[1], expected[1], ROUGH, what=f"b in the example{where}")


@points(1)
def test_decay(learner, rng):
    """The decays, where no document begins."""
    for args in (_case(rng), _case(rng, 1, 5)):
        close(_two(learner(*args))[0], oracle(*args)[0], ROUGH, time=0, what="a")


@points(2)
def test_input(learner, rng):
    """What is added, where no document begins."""
    for args in (_case(rng), _case(rng, 5, 1)):
        got, expected = _two(learner(*args)), oracle(*args)
        close(got[1], expected[1], ROUGH, time=0, what="b")


@points(1)
def test_documents(learner, rng):
    """Documents that begin at some steps."""
    for first in ((0,), (2,), (0, 3), range(4)):
        args = _case(rng, first=first)
        got, expected = _two(learner(*args)), oracle(*args)
        close(got[0], expected[0], ROUGH, time=0, what="a, where documents begin,")
        close(got[1], expected[1], ROUGH, time=0, what="b, where documents begin,")


@points(2)
def test_near_one(learner, rng):
    """Decays that float64 rounds to 1."""
    args = _near_one(rng)
    got, expected = _two(learner(*args)), oracle(*args)
    for part in got:
        finite(part)
    _relative(got[0], expected[0], "a where it is near 1")
    _relative(got[1], expected[1], "b where a is near 1")


@points(1)
def test_unchanged(learner, rng):
    """The arrays that came in are as they were."""
    _two(learner(*_case(rng, first=(1,))))
    unchanged(learner)


@points(1, graded=True)
def test_ends(learner, rng):
    """Pushes and Lambda at the ends of what is allowed."""
    x, r_push, i_push, Lambda, first = _case(rng, 8, 4, first=(5,))
    r_push[:4], i_push[2:6] = rng.choice([-40, 40], (4, 4)), rng.choice([-40, 40], (4, 4))
    Lambda[:] = rng.permutation([-40, 40, -3, 12])
    got, expected = _two(learner(x, r_push, i_push, Lambda, first)), oracle(x, r_push, i_push, Lambda, first)
    for part in got:
        finite(part)
    _relative(got[0], expected[0], "a at the ends of what is allowed")
    _relative(got[1], expected[1], "b at the ends of what is allowed")
