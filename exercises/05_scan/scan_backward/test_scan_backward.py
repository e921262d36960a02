"""The backward pass of a scan: against what the loss does when one number is changed by one."""

import numpy as np

from minirnn.course.checks import close, points, true, unchanged


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
    ]


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


def _three(got, time):
    true(
        isinstance(got, (tuple, list)) and len(got) == 3 and _is_row(got[0]) and _is_row(got[1]),
        "Return three things, as in `return grad_a, grad_b, grad_h0`; the first two hold T numbers.",
    )
    for name, part in zip(("grad_a", "grad_b"), got, strict=False):
        true(len(part) == time, f"T is {time}, so {name} needs {time} numbers; yours has {len(part)}.")
    return got


def _check(learner, args):
    got, expected = _three(learner(*args), len(args[0])), oracle(*args)
    close(got[1], expected[1], time=0, what="grad_b")
    close(got[0], expected[0], time=0, what="grad_a")
    close(got[2], expected[2], what="grad_h0")


@points(1)
def test_runs(learner, rng):
    """It returns three things of the right lengths."""
    args = probe(rng)[0]
    _three(learner(*args), len(args[0]))


@points(1)
def test_last_step(learner, rng):
    """At the last step only its own gradient counts."""
    for args in probe(rng)[:2]:
        got = _three(learner(*args), len(args[0]))
        close(got[1][-1], args[-1][-1], what="grad_b at the last step")


@points(2)
def test_grad_b(learner, rng):
    """The scan run backwards."""
    for args in probe(rng)[:2]:
        close(_three(learner(*args), len(args[0]))[1], oracle(*args)[1], time=0, what="grad_b")


@points(2)
def test_grad_a(learner, rng):
    """The gradient of the decays."""
    for args in probe(rng)[:2]:
        close(_three(learner(*args), len(args[0]))[0], oracle(*args)[0], time=0, what="grad_a")


@points(1)
def test_grad_h0(learner, rng):
    """The gradient of the state before the first step."""
    for args in probe(rng)[:2]:
        close(_three(learner(*args), len(args[0]))[2], oracle(*args)[2], what="grad_h0")


@points(1)
def test_unchanged(learner, rng):
    """The gradients are right, and the arrays that came in are as they were."""
    _check(learner, probe(rng)[1])
    unchanged(learner)


@points(2)
def test_complex(learner, rng):
    """Complex numbers: with the conjugates."""
    _check(learner, probe(rng)[2])


@points(1, graded=True)
def test_lengths(learner, rng):
    """One step, two steps, many steps."""
    for time in (1, 2, 8, 15):
        _check(learner, _numbers(rng, time))


@points(1, graded=True)
def test_long_complex(learner, rng):
    """A longer complex sequence, and one step alone."""
    for time in (1, 12):
        _check(learner, _numbers(rng, time, imaginary=True))
