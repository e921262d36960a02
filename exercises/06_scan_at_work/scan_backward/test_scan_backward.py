"""The backward pass of a scan: against what the loss does when one number is changed by one."""

import numpy as np

from minirnn.course.checks import Wrong, close, points, true, unchanged


def _states(a, b, h0):
    h, state = [], h0
    for a_t, b_t in zip(a.tolist(), b.tolist(), strict=True):
        state = a_t * state + b_t
        h.append(state)
    return np.array(h)


def _numbers(rng, time, imaginary=False):
    """Decays away from 0 and 1, states that belong to them, h0, and a gradient for each state."""

    def draw(count):
        real = rng.uniform(0.6, 1.4, count) * rng.choice([-1.0, 1.0], count)
        return real + 1j * rng.uniform(0.3, 0.9, count) if imaginary else real

    a, b, h0, grad = draw(time), draw(time), draw(1)[0], draw(time)
    return a, _states(a, b, h0), complex(h0) if imaginary else float(h0), grad


def probe(rng):
    return [
        (np.array([2.0, 3.0, 2.0]), np.array([2.0, 7.0, 15.0]), 1.0, np.array([0.0, 1.0, 1.0])),
        _numbers(rng, 5),
        _numbers(rng, 5, imaginary=True),
        _numbers(rng, 1),
        _with_zero(),
        (np.array([1.5, 0.5]), np.array([4.0, 1.5]), 2.0, np.array([1e200, 2.5])),
    ]


def _with_zero():
    """Six steps, the fourth of which forgets all."""
    a = np.array([0.7, -1.2, 0.9, 0.0, 1.3, 0.6])
    b = np.array([0.4, 1.6, -0.7, 2.5, 1.2, -0.9])
    return a, _states(a, b, 1.5), 1.5, np.array([0.3, -0.8, 1.1, 0.7, -0.4, 0.9])


def oracle(a, h, h0, grad):
    """Change one number by 1, run the loop again, see how the loss changes. (By i, too, if it is complex.)

    The loss sum_t Re(conj(grad[t]) h[t]) is a straight line in every single number, so this is exact.
    """
    b = h - a * np.append(h0, h[:-1])

    def loss(a, b, h0):
        return float(np.sum(np.conj(grad) * _states(a, b, h0)).real)

    start = loss(a, b, h0)
    ways = [1.0, 1j] if np.iscomplexobj(a) else [1.0]
    unit = np.eye(len(a))
    grad_a, grad_b = (
        np.array([sum(way * (change(way * e) - start) for way in ways) for e in unit])
        for change in (lambda e: loss(a + e, b, h0), lambda e: loss(a, b + e, h0))
    )
    return grad_a, grad_b, sum(way * (loss(a, b, h0 + way) - start) for way in ways)


def _is_row(value):
    return isinstance(value, (list, tuple)) or (isinstance(value, np.ndarray) and value.ndim > 0)


def as_arrays(function, *args):
    """The three answers as arrays: thousands of single numbers would be a lot to send."""
    import numpy

    return [numpy.array(part) for part in function(*args)]


def _explained(learner, *args):
    """What comes back, with a word on what cannot be done with decays that are zero."""
    try:
        return learner(*args)
    except Wrong as wrong:
        if "ZeroDivision" in wrong.message:
            wrong.message += ". A decay, or a product of decays, may be zero: nothing can be divided by it."
        raise


def _three(got, time):
    true(
        isinstance(got, (tuple, list)) and len(got) == 3 and _is_row(got[0]) and _is_row(got[1]),
        "Return three things, as in `return grad_a, grad_b, grad_h0`; the first two hold T numbers.",
    )
    for name, part in zip(("grad_a", "grad_b"), got, strict=False):
        true(len(part) == time, f"T is {time}, so {name} needs {time} numbers; yours has {len(part)}.")
    return got


def _same(got, expected):
    try:
        pairs = zip(map(np.asarray, got), map(np.asarray, expected), strict=True)
        return all(x.shape == y.shape and np.all(abs(x - y) <= 1e-9 * (1 + abs(y))) for x, y in pairs)
    except (TypeError, ValueError):  # no numbers, which close will say
        return False


def _backwards(got, expected):
    """Whether all is right but for running from the last step to the first."""
    return not _same(got, expected) and _same((got[0][::-1], got[1][::-1], got[2]), expected)


def _swapped(got, expected):
    return not _same(got, expected) and _same((got[1], got[0], got[2]), expected)


def _aligned(learner, args):
    """(answer, right answer), in the right order: test_runs and test_last_step have asked for that."""
    got, expected = _three(_explained(learner, *args), len(args[0])), oracle(*args)
    if _swapped(got, expected):
        got = (got[1], got[0], got[2])
    if _backwards(got, expected):
        got = (got[0][::-1], got[1][::-1], got[2])
    return got, expected


def _check(learner, args):
    got, expected = _aligned(learner, args)
    close(got[1], expected[1], time=0, what="grad_b")
    close(got[0], expected[0], time=0, what="grad_a")
    close(got[2], expected[2], what="grad_h0")


@points(1)
def test_runs(learner, rng):
    """It returns three things of the right lengths."""
    args = probe(rng)[0]
    got = _explained(learner, *args)
    true(got is not None, "Your function returned nothing (None): is a `return` missing?")
    _three(got, len(args[0]))
    swapped = "You return (grad_b, grad_a, grad_h0); expected (grad_a, grad_b, grad_h0)."
    true(not _swapped(got, oracle(*args)), swapped)


@points(1)
def test_last_step(learner, rng):
    """At the last step only its own gradient counts."""
    for args in probe(rng)[:2]:
        got, expected = _three(_explained(learner, *args), len(args[0])), oracle(*args)
        true(
            not _backwards(got, expected),
            "Your gradients run from the last step to the first, as you found them: turn them round.",
        )
        close(_aligned(learner, args)[0][1][-1], args[-1][-1], what="grad_b at the last step")


@points(2)
def test_grad_b(learner, rng):
    """The scan run backwards."""
    for args in probe(rng)[:2]:
        got, expected = _aligned(learner, args)
        close(got[1], expected[1], time=0, what="grad_b")


@points(2)
def test_grad_a(learner, rng):
    """The gradient of the decays."""
    for args in probe(rng)[:2]:
        got, expected = _aligned(learner, args)
        true(
            not (_same([got[0][1:]], [expected[0][1:]]) and got[0][0] == 0),
            "Your first grad_a is zero, but a push on a[0] moves h[0]: the state before it is h0.",
        )
        close(got[0], expected[0], time=0, what="grad_a")


@points(1)
def test_grad_h0(learner, rng):
    """The gradient of the state before the first step."""
    for args in probe(rng)[:2]:
        got, expected = _aligned(learner, args)
        close(got[2], expected[2], what="grad_h0")


@points(1)
def test_special_sequences(learner, rng):
    """A decay of zero, one step alone, and thousands of steps."""
    time = 3000
    long = np.full(time, 0.5), np.full(time, 2.0), 2.0, np.ones(time)  # h = 0.5 h + 1 stays at 2
    for args in (_with_zero(), probe(rng)[3]):
        _check(learner, args)
    got = _explained(learner.drive, as_arrays, *long)
    g = 2.0 - 2.0 ** np.arange(1.0 - time, 1.0)  # 1 + 1/2 + 1/4 + ..., up to the last step
    close(got[1], g, time=0, what=f"grad_b for T = {time}")
    close(got[0], 2.0 * g, time=0, what=f"grad_a for T = {time}")
    close(got[2], 0.5 * g[0], what=f"grad_h0 for T = {time}")


@points(1)
def test_unchanged(learner, rng):
    """The gradients are right, and the arrays that came in are as they were."""
    _check(learner, probe(rng)[1])
    unchanged(learner)


def _check_complex(learner, args):
    got, expected = _aligned(learner, args)
    for name, part, right in zip(("grad_a", "grad_b", "grad_h0"), got, expected, strict=True):
        true(
            not np.isrealobj(np.asarray(part)) or np.isrealobj(right),
            f"Your {name} holds real numbers, though all that came in is complex. An array made for floats, "
            "as by np.zeros(n), drops the imaginary parts: give it the dtype of a.",
        )
    _check(learner, args)


@points(2)
def test_complex(learner, rng):
    """Complex numbers: with the conjugates."""
    _check_complex(learner, probe(rng)[2])


@points(1, graded=True)
def test_lengths(learner, rng):
    """One step, two steps, many steps, with real and with complex numbers."""
    for time in (1, 2, 8, 15):
        _check(learner, _numbers(rng, time))
    for time in (1, 12):
        _check_complex(learner, _numbers(rng, time, imaginary=True))
