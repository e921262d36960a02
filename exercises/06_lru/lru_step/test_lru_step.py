"""One step of the LRU: against loops over Python's complex numbers."""

import numpy as np

from minirnn.course.checks import Tensor, close, finite, points, same_dtype, same_shape, true, unchanged


def _complex(rng, *shape):
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def _weights(rng, d_model, d_state):
    """Lambda, gamma, B, C, D."""
    Lambda = np.sqrt(rng.uniform(0.3, 0.95, d_state)) * np.exp(1j * rng.uniform(0.3, 6.0, d_state))
    gamma = np.sqrt(1 - np.abs(Lambda) ** 2)
    B, C, D = _complex(rng, d_state, d_model), _complex(rng, d_model, d_state), rng.normal(size=d_model)
    return Lambda, gamma, B, C, D


def _step(rng, batch, d_model, d_state):
    return rng.normal(size=(batch, d_model)), _complex(rng, batch, d_state), *_weights(rng, d_model, d_state)


def probe(rng):
    one = ([[2.0]], [[1j]], [0.5j], [0.5], [[1 + 1j]], [[2 - 1j]], [3.0])
    return [tuple(np.array(x) for x in one), _step(rng, 2, 3, 4)]


def oracle(x_t, h, Lambda, gamma, B, C, D):
    """Number by number."""
    y, new = np.zeros(x_t.shape), np.zeros(h.shape, complex)
    for i in range(len(x_t)):
        for n in range(len(Lambda)):
            enters = sum(B[n, m] * x_t[i, m] for m in range(len(D)))
            new[i, n] = Lambda[n] * h[i, n] + gamma[n] * enters
        for m in range(len(D)):
            read = sum(C[m, n] * new[i, n] for n in range(len(Lambda)))
            y[i, m] = read.real + D[m] * x_t[i, m]
    return y, new


def three_steps(function, x, h, *weights):
    """The outputs of three steps, each from the state of the one before, and the last state."""
    outputs = []
    for t in range(3):
        y_t, h = function(x[:, t], h, *weights)
        outputs.append(y_t)
    return outputs, h


def _two(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(x, Tensor) for x in got),
        "Return two tensors, as in `return y_t, h`.",
    )
    return got


@points(1)
def test_runs(learner, rng):
    """It returns two tensors."""
    _two(learner(*probe(rng)[0]))


@points(1)
def test_shape_and_dtype(learner, rng):
    """A real output and a complex state."""
    y_t, h = _two(learner(*_step(rng, 2, 3, 4)))
    same_shape(y_t, (2, 3), "(batch, d_model)")
    same_shape(h, (2, 4), "(batch, d_state)")
    same_dtype(y_t, "float64")
    same_dtype(h, "complex128")
    finite(y_t)
    finite(h)


@points(2)
def test_state(learner, rng):
    """The state after the step."""
    for args in probe(rng):
        close(_two(learner(*args))[1], oracle(*args)[1], what="the new state h")


@points(2)
def test_output(learner, rng):
    """The output."""
    for args in probe(rng):
        close(_two(learner(*args))[0], oracle(*args)[0], what="y_t")


@points(1)
def test_unchanged(learner, rng):
    """The state is right, and the tensors that came in are as they were."""
    args = probe(rng)[1]
    close(_two(learner(*args))[1], oracle(*args)[1], what="the new state h")
    unchanged(learner)


@points(1, graded=True)
def test_sizes(learner, rng):
    """Other sizes, with every side of length one in turn."""
    for sizes in ((1, 3, 5), (4, 1, 2), (2, 5, 1)):
        args = _step(rng, *sizes)
        got, expected = _two(learner(*args)), oracle(*args)
        close(got[1], expected[1], what="the new state h")
        close(got[0], expected[0], what="y_t")


@points(1, graded=True)
def test_three_steps(learner, rng):
    """Three steps, each from the state that the one before has returned."""
    x, h, weights = rng.normal(size=(2, 3, 2)), _complex(rng, 2, 4), _weights(rng, 2, 4)
    outputs, last = learner.drive(three_steps, x, h, *weights)
    for t in range(3):
        y_t, h = oracle(x[:, t], h, *weights)
        close(outputs[t], y_t, what=f"y_t at step {t} of three")
    close(last, h, what="the state after three steps")
