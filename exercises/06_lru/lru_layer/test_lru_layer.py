"""The LRU layer: against loops over Python's complex numbers; in pieces; and with the calls counted."""

import numpy as np

from minirnn.course.checks import Tensor, close, finite, points, same_dtype, same_shape, true, unchanged


def _complex(rng, *shape):
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def _layer(rng, batch, time, d_model, d_state):
    """x, h, Lambda, gamma, B, C, D."""
    Lambda = np.sqrt(rng.uniform(0.3, 0.95, d_state)) * np.exp(1j * rng.uniform(0.3, 6.0, d_state))
    gamma = np.sqrt(1 - np.abs(Lambda) ** 2)
    B, C, D = _complex(rng, d_state, d_model), _complex(rng, d_model, d_state), rng.normal(size=d_model)
    return rng.normal(size=(batch, time, d_model)), _complex(rng, batch, d_state), Lambda, gamma, B, C, D


def probe(rng):
    one = ([[[2.0], [0.0]]], [[1j]], [0.5j], [0.5], [[1 + 1j]], [[2 - 1j]], [3.0])
    return [tuple(np.array(x) for x in one), _layer(rng, 2, 5, 3, 4)]


def oracle(x, h, Lambda, gamma, B, C, D):
    """Number by number, one step after the other."""
    y, h = np.zeros(x.shape), h.copy()
    for i in range(x.shape[0]):
        for t in range(x.shape[1]):
            for n in range(len(Lambda)):
                enters = sum(B[n, m] * x[i, t, m] for m in range(len(D)))
                h[i, n] = Lambda[n] * h[i, n] + gamma[n] * enters
            for m in range(len(D)):
                y[i, t, m] = sum(C[m, n] * h[i, n] for n in range(len(Lambda))).real + D[m] * x[i, t, m]
    return y, h


def in_two_pieces(function, cut, x, h, *weights):
    """The outputs of two calls, the second from the state of the first, and the last state."""
    first, h = function(x[:, :cut], h, *weights)
    second, h = function(x[:, cut:], h, *weights)
    return first, second, h


def gradients(function, *args):
    """What autograd says of the sum of y squared, or None where it does not reach."""
    for arg in args:
        arg.requires_grad_()
    y, _ = function(*args)
    if not y.requires_grad:
        return None
    (y**2).sum().backward()
    return [arg.grad for arg in args]


def calls(function, *args):
    """How many operations of torch one call takes, and the outputs."""
    from torch.overrides import TorchFunctionMode

    class Count(TorchFunctionMode):
        made = 0

        def __torch_function__(self, operation, types, args=(), kwargs=None):
            self.made += 1
            return operation(*args, **(kwargs or {}))

    with Count() as count:
        y, _ = function(*args)
    return count.made, y


def _two(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(x, Tensor) for x in got),
        "Return two tensors, as in `return y, h`.",
    )
    return got


@points(1)
def test_runs(learner, rng):
    """It returns two tensors."""
    _two(learner(*probe(rng)[0]))


@points(1)
def test_shape_and_dtype(learner, rng):
    """Real outputs and one complex state."""
    y, h = _two(learner(*_layer(rng, 2, 5, 3, 4)))
    same_shape(y, (2, 5, 3), "(batch, time, d_model)")
    same_shape(h, (2, 4), "(batch, d_state)")
    same_dtype(y, "float64")
    same_dtype(h, "complex128")
    finite(y)
    finite(h)


@points(1)
def test_first_step(learner, rng):
    """The first output."""
    for args in probe(rng):
        close(_two(learner(*args))[0], oracle(*args)[0], time=1, steps=1, what="y")


@points(2)
def test_whole_sequence(learner, rng):
    """All outputs."""
    for args in probe(rng):
        close(_two(learner(*args))[0], oracle(*args)[0], time=1, what="y")


@points(2)
def test_state(learner, rng):
    """The state that is handed on."""
    for args in probe(rng):
        close(_two(learner(*args))[1], oracle(*args)[1], what="the state after the last step")


@points(1)
def test_unchanged(learner, rng):
    """The state is right, and the tensors that came in are as they were."""
    args = probe(rng)[1]
    close(_two(learner(*args))[1], oracle(*args)[1], what="the state after the last step")
    unchanged(learner)


@points(2)
def test_pieces(learner, rng):
    """Two pieces with the state carried over are the whole."""
    args = _layer(rng, 2, 7, 3, 4)
    first, second, h = learner.drive(in_two_pieces, 3, *args)
    y, last = oracle(*args)
    close(first, y[:, :3], time=1, what="y of the first piece")
    close(second, y[:, 3:], time=1, what="y of the second piece")
    close(h, last, what="the state after both pieces")


@points(2, graded=True)
def test_gradient(learner, rng):
    """Gradients reach the inputs, the state and all weights."""
    args = _layer(rng, 2, 4, 2, 3)
    got = learner.drive(gradients, *args)
    names = ("x", "h", "Lambda", "gamma", "B", "C", "D")
    true(
        got is not None and all(g is not None for g in got),
        "No gradient reaches some of the arguments: stay with torch, without .item(), .detach() or numpy.",
    )
    for k, name in enumerate(names):
        # Along one random direction, from both sides.
        way = _complex(rng, *args[k].shape) if np.iscomplexobj(args[k]) else rng.normal(size=args[k].shape)
        up, down = (
            np.sum(oracle(*args[:k], args[k] + step * way, *args[k + 1 :])[0] ** 2) for step in (1e-5, -1e-5)
        )
        slope = np.sum(np.conj(got[k].array) * way).real
        close(slope, (up - down) / 2e-5, 1e-6, what=f"the gradient of {name} along a random direction")


@points(1, graded=True)
def test_sizes(learner, rng):
    """Other sizes, with every side of length one in turn."""
    for sizes in ((1, 6, 2, 3), (2, 1, 3, 2), (2, 9, 1, 4), (3, 16, 2, 1)):
        args = _layer(rng, *sizes)
        got, expected = _two(learner(*args)), oracle(*args)
        close(got[0], expected[0], time=1, what="y")
        close(got[1], expected[1], what="the state after the last step")


@points(2)
def test_calls(learner, rng):
    """No loop over time: four times the steps are only a few calls of torch more."""
    made = []
    for time in (64, 256):
        args = _layer(rng, 1, time, 2, 3)
        count, y = learner.drive(calls, *args)
        close(y, oracle(*args)[0], time=1, what=f"y for T = {time}")
        made.append(count)
    short, long = made
    true(
        long - short <= 64,
        f"64 steps take {short} calls of torch and 256 steps take {long}: something loops over time. The "
        "scan needs two rounds more, and the products no call more.",
    )
