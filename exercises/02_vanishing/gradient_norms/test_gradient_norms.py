"""gradient_norms: beside it the whole Jacobian, multiplied up from the state in question to the last."""

import numpy as np

from minirnn.course.checks import close, points, same_shape, same_type, true, unchanged

EXAMPLE = (np.array([[2.0]]), np.array([[0.9], [0.6], [0.8]]), np.array([1.0]))


def probe(rng):
    return [EXAMPLE, *(_arguments(rng, time, 3) for time in (3, 4, 6)), _arguments(rng, 5, 2)]


def oracle(W, h, grad_last):
    norms = []
    for start in range(len(h) - 1, -1, -1):
        jacobian = np.eye(len(W))  # of the last state with respect to that after step `start`
        for t in range(start + 1, len(h)):
            jacobian = np.diag(1 - h[t] * h[t]) @ W @ jacobian
        norms.append(float(np.sqrt(np.sum((grad_last @ jacobian) ** 2))))
    return np.array(norms)


def _arguments(rng, time, d_hidden):
    # Steep enough that nothing dies, no two slopes alike, W far from symmetric.
    W = rng.uniform(0.4, 1.4, (d_hidden, d_hidden)) * rng.choice([-1, 1], (d_hidden, d_hidden))
    h = rng.uniform(0.1, 0.8, (time, d_hidden)) * rng.choice([-1, 1], (time, d_hidden))
    return W, h, rng.uniform(0.5, 2.0, d_hidden) * rng.choice([-1, 1], d_hidden)


def _check(learner, args, what):
    got = learner(*args)
    true(got is not None, "Your function returned nothing (None), expected an array: is a return missing?")
    got = np.array(got) if isinstance(got, (list, tuple)) else got
    close(got, oracle(*args), time=0, what=what)


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 5, 3))
    same_type(got, "array")
    said = {
        (6,): "That is one too many: the state before step 0 is not asked for.",
        (4,): "One is missing: place 0 is the norm of grad_last itself.",
        (5, 3): "That is a gradient for each state: return its norm.",
    }
    shape = tuple(got.shape)
    true(shape not in said, f"The shape is {shape}, expected (5,) = (time,). {said.get(shape)}")
    same_shape(got, (5,), "(time,)")


@points(1)
def test_last_state(learner, rng):
    """Place 0: the norm of what comes in."""
    _check(learner, _arguments(rng, 1, 4), "the norm for a sequence of one step")


@points(2)
def test_slopes(learner, rng):
    """One number: only the slopes can be wrong."""
    _check(learner, EXAMPLE, "the norm of the example")
    _check(learner, _arguments(rng, 5, 1), "the norm with a state of one number")


@points(2)
def test_matrix(learner, rng):
    """All states near zero, so that every slope is 1: only W can be wrong."""
    W, h, grad_last = _arguments(rng, 4, 3)
    args = W, 0 * h, grad_last
    _check(learner, args, "the norm where all slopes are 1")


@points(2)
def test_both(learner, rng):
    for time in (2, 5):
        _check(learner, _arguments(rng, time, 3), f"the norm over {time} steps")
    unchanged(learner)


@points(2, graded=True)
def test_long(learner, rng):
    for _ in range(3):
        W, h, grad_last = _arguments(rng, 60, 4)
        _check(learner, (0.7 * W, h, grad_last), "the norm over 60 steps")
