"""bptt: the gradient is what the loss does when a number is moved a little."""

import numpy as np

from minirnn.course.checks import close, equal, finite, points, same_dtype, same_shape, same_type, unchanged

TOLERANCE = 1e-4  # float32 inside is good enough
NUDGE = 1e-5


def probe(rng):
    return [_example(), _arguments(rng, 2, 4, 2, 3)]


def oracle(x, h, grad_h, W, U, h0):
    # Finite differences of the loss sum(grad_h * h), with each number moved a little up and down.
    z0 = np.arctanh(h[0, 0])
    parameters = {"W": W, "U": U, "b": z0 - W @ h0[0] - U @ x[0, 0], "h0": h0}
    gradients = {}
    for name, array in parameters.items():
        gradients[name] = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            up, down = array.copy(), array.copy()
            up[place] += NUDGE
            down[place] -= NUDGE
            rise = _loss(x, grad_h, **{**parameters, name: up}) - _loss(
                x, grad_h, **{**parameters, name: down}
            )
            gradients[name][place] = rise / (2 * NUDGE)
    return gradients


def _loss(x, grad_h, W, U, b, h0):
    return float((grad_h * _states(x, W, U, b, h0)).sum())


def _states(x, W, U, b, h0):
    h = np.zeros((len(x), x.shape[1], len(b)))
    for n in range(len(x)):
        before = h0[n]
        for t in range(x.shape[1]):
            h[n, t] = before = np.tanh(W @ before + U @ x[n, t] + b)
    return h


def _example():
    x, W, U, b, h0 = (np.array(a, dtype=float) for a in ([[[1], [0]]], [[0.5]], [[1]], [0], [[0]]))
    return x, _states(x, W, U, b, h0), np.array([[[0.0], [1.0]]]), W, U, h0


def _arguments(rng, batch, time, d_in, d_hidden):
    def random(*shape):  # at least 0.3 from 0, so that nothing can be left out unnoticed
        return rng.uniform(0.3, 0.8, shape) * rng.choice([-1, 1], shape)

    x, W, U = random(batch, time, d_in), random(d_hidden, d_hidden), random(d_hidden, d_in)
    h0 = random(batch, d_hidden)
    h = _states(x, W, U, random(d_hidden), h0)
    return x, h, random(batch, time, d_hidden), W, U, h0


def _compare(learner, arguments, names=("b", "U", "W", "h0"), of=""):
    got, expected = learner(*arguments), oracle(*arguments)
    same_type(got, "dict")
    for name in names:
        equal(name in got, True, what=f"whether the dictionary has the key {name!r}")
        same_type(got[name], "array")
        close(got[name], expected[name], TOLERANCE, what=f"the gradient of {name}{of}")


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 2, 3))
    same_type(got, "dict")
    equal(sorted(got), ["U", "W", "b", "h0"], what="the list of keys of the dictionary")
    for name, shape in (("W", (3, 3)), ("U", (3, 2)), ("b", (3,)), ("h0", (2, 3))):
        same_type(got[name], "array")
        same_shape(got[name], shape, f"the shape of {name}")
        finite(got[name])


@points(2)
def test_one_step(learner, rng):
    # Nothing comes later: the slope and the products alone.
    _compare(learner, _arguments(rng, 1, 1, 2, 3), of=" for a single step")


@points(2)
def test_gradient_b(learner, rng):
    _compare(learner, _example(), ["b"], of=" in the example")
    _compare(learner, _arguments(rng, 1, 4, 2, 3), ["b"], of=" for one sequence of 4 steps")


@points(2)
def test_gradient_U(learner, rng):
    _compare(learner, _arguments(rng, 1, 4, 2, 3), ["U"], of=" for one sequence of 4 steps")


@points(2)
def test_gradient_W(learner, rng):
    _compare(learner, _arguments(rng, 1, 4, 2, 3), ["W"], of=" for one sequence of 4 steps")


@points(1)
def test_gradient_h0(learner, rng):
    _compare(learner, _arguments(rng, 1, 4, 2, 3), ["h0"], of=" for one sequence of 4 steps")


@points(2)
def test_batch(learner, rng):
    _compare(learner, _arguments(rng, 3, 3, 2, 3), of=" for a batch of 3")
    unchanged(learner)


@points(1)
def test_dtype(learner, rng):
    arguments = _arguments(rng, 2, 3, 3, 2)
    for dtype in ("float64", "float32"):
        got, expected = learner(*(array.astype(dtype) for array in arguments)), oracle(*arguments)
        same_type(got, "dict")
        for name in ("W", "U", "b", "h0"):
            same_dtype(got.get(name), dtype)
            close(got[name], expected[name], TOLERANCE, what=f"the gradient of {name} in {dtype}")


@points(2, graded=True)
def test_blame_from_the_end(learner, rng):
    # The loss looks at the last state only; all that the first steps learn has come the whole way back.
    x, h, grad_h, W, U, h0 = _arguments(rng, 2, 6, 3, 3)
    grad_h[:, :-1] = 0
    _compare(learner, (x, h, grad_h, W, U, h0), of=" for a loss at the last of 6 steps")


@points(1, graded=True)
def test_twice_the_loss(learner, rng):
    x, h, grad_h, W, U, h0 = _arguments(rng, 2, 5, 2, 4)
    expected = oracle(x, h, grad_h, W, U, h0)
    got = learner(x, h, 2 * grad_h, W, U, h0)
    same_type(got, "dict")
    for name in ("W", "U", "b", "h0"):
        close(got.get(name), 2 * expected[name], TOLERANCE, what=f"the gradient of {name} for twice the loss")
