"""bptt: the gradient is what the loss does when a number is moved a little."""

import numpy as np

from minirnn.course.checks import close, equal, points, same_dtype, same_shape, same_type, true, unchanged

ROUGH = 1e-4  # so that float32 inside loses the points of one rung only
NUDGE = 1e-30
NAMES = ("b", "U", "W", "h0")


def probe(rng):
    sizes = (2, 4, 2, 3), (2, 3, 3, 3), (3, 1, 2, 3), (1, 2, 2, 2)
    return [*(_arguments(rng, *each) for each in sizes), _example()]


def oracle(x, h, grad_h, W, U, h0):
    # Each number is moved by a tiny imaginary number: what it adds to the loss sum(grad_h * h) is imaginary,
    # too, so nothing is subtracted and no digit is lost.
    z0 = np.arctanh(h[0, 0])
    parameters = {"W": W, "U": U, "b": z0 - W @ h0[0] - U @ x[0, 0], "h0": h0}
    gradients = {}
    for name, array in parameters.items():
        gradients[name] = np.zeros_like(array)
        for place in np.ndindex(array.shape):
            moved = array.astype(complex)
            moved[place] += 1j * NUDGE
            rise = _loss(x, grad_h, **{**parameters, name: moved}).imag
            gradients[name][place] = rise / NUDGE
    return gradients


def _loss(x, grad_h, W, U, b, h0):
    return (grad_h * _states(x, W, U, b, h0)).sum()


def _states(x, W, U, b, h0):
    h = np.zeros((len(x), x.shape[1], len(b)), dtype=np.result_type(x, W, U, b, h0))
    for n in range(len(x)):
        before = h0[n]
        for t in range(x.shape[1]):
            h[n, t] = before = np.tanh(W @ before + U @ x[n, t] + b)
    return h


def _example():
    x, W, U, b, h0 = (np.array(a, dtype=float) for a in ([[[1], [0]]], [[0.5]], [[1]], [0], [[0]]))
    return x, _states(x, W, U, b, h0), np.array([[[0.0], [1.0]]]), W, U, h0


def _arguments(rng, batch, time, d_in, d_hidden, W=None):
    def random(*shape):  # at least 0.3 from 0, so that nothing can be left out unnoticed
        return rng.uniform(0.3, 0.8, shape) * rng.choice([-1, 1], shape)

    x, U, h0 = random(batch, time, d_in), random(d_hidden, d_in), random(batch, d_hidden)
    W = random(d_hidden, d_hidden) if W is None else W
    h = _states(x, W, U, random(d_hidden), h0)
    return x, h, random(batch, time, d_hidden), W, U, h0


def _round_trip(rng, time, W=None):
    """One sequence whose last state is h0: whoever takes the wrong state for the one before has the right one
    here, so that the first of two errors is seen by itself."""
    x, h, grad_h, W, _, h0 = _arguments(rng, 1, time, 3, 3, W)
    U, before = np.eye(3), h[:, -2] if time > 1 else h0
    b = np.arctanh(h[:, 0]) - h0 @ W.T - x[:, 0]
    x[:, -1] = np.arctanh(h0) - before @ W.T - b
    return x, _states(x, W, U, b[0], h0), grad_h, W, U, h0


def _compare(learner, arguments, names=NAMES, of="", tolerance=ROUGH):
    got, expected = _by_name(learner(*arguments)), oracle(*arguments)
    true(any(name in got for name in names), f"The dictionary has no key {names[0]!r}.")
    for name in names:
        array = got.get(name, expected[name])  # test_shape has spoken of a key that is missing
        if hasattr(array, "shape") and _without_ones(array) == _without_ones(expected[name]):
            array = array.reshape(expected[name].shape)  # and of an axis too many
        close(array, expected[name], tolerance, what=f"the gradient of {name}{of}")


def _by_name(got):
    """The gradients by their names, also if the names are a little different or it is a tuple."""
    got = dict(zip(("W", "U", "b", "h0"), got, strict=False)) if isinstance(got, tuple) else got
    same_type(got, "dict")
    return {name: array for key, array in got.items() for name in NAMES if str(key).endswith(name)}


def _without_ones(array):
    return [length for length in array.shape if length > 1]


@points(1)
def test_shape(learner, rng):
    got = learner(*_arguments(rng, 2, 4, 2, 3))
    same_type(got, "dict")
    equal(sorted(map(str, got)), sorted(NAMES), what="the list of keys of the dictionary")
    for name, shape in (("W", (3, 3)), ("U", (3, 2)), ("b", (3,)), ("h0", (2, 3))):
        same_type(got[name], "array")
        same_shape(got[name], shape, f"the shape of {name}")


@points(2)
def test_one_step(learner, rng):
    # Nothing comes later, and W, the identity, hides nothing else: the slope and the products alone.
    _compare(learner, _round_trip(rng, 1, np.eye(3)), of=" for a single step, W being the identity")


@points(1)
def test_one_step_back(learner, rng):
    _compare(learner, _round_trip(rng, 1), of=" for a single step")


@points(2)
def test_gradient_b(learner, rng):
    _compare(learner, _round_trip(rng, 2), ["b"], of=" for one sequence of 2 steps")
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


@points(1)
def test_batch(learner, rng):
    _compare(learner, _arguments(rng, 3, 3, 2, 3), of=" for a batch of 3")
    _compare(learner, _example(), of=" in the example")


@points(1)
def test_dtype(learner, rng):
    arguments = _arguments(rng, 2, 3, 3, 2)
    for dtype in ("float64", "float32"):
        got, expected = learner(*(array.astype(dtype) for array in arguments)), oracle(*arguments)
        same_type(got, "dict")
        for name in NAMES:
            same_dtype(got.get(name), dtype)
            close(got[name], expected[name], ROUGH, what=f"the gradient of {name} in {dtype}")


@points(1)
def test_all_digits(learner, rng):
    arguments = _arguments(rng, 2, 3, 2, 3)
    got, expected = learner(*arguments), oracle(*arguments)
    pairs = [(array, expected[name]) for name, array in _by_name(got).items()]
    off = max((float(abs(a - b).max()) for a, b in pairs if getattr(a, "shape", ()) == b.shape), default=0.0)
    true(
        not 1e-9 < off < 1e-5,
        "The gradients agree in about seven digits only, as float32 has: all arrays are float64, so stay in "
        "float64 all the way.",
    )
    _compare(learner, arguments, of=", with all its digits,", tolerance=1e-9)
    unchanged(learner)


@points(1, graded=True)
def test_blame_from_the_end(learner, rng):
    # The loss looks at the last state only; all that the first steps learn has come the whole way back.
    x, h, grad_h, W, U, h0 = _arguments(rng, 2, 6, 3, 3)
    grad_h[:, :-1] = 0
    _compare(learner, (x, h, grad_h, W, U, h0), of=" for a loss at the last of 6 steps")


@points(1)
def test_long(learner, rng):
    _compare(learner, _arguments(rng, 2, 60, 2, 3), of=" for 60 steps")
