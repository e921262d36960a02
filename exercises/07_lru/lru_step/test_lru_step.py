"""One step of the LRU: against loops over Python's complex numbers."""

import numpy as np

from minirnn.course.checks import Tensor, Wrong, close, finite, points, same_shape, true

ROUGH = 1e-5  # how close numbers must be where precision is not in question, which a rung of its own asks


def _complex(rng, *shape):
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def _weights(rng, d_model, d_state):
    """Lambda, gamma, B, C, D."""
    Lambda = np.sqrt(rng.uniform(0.3, 0.95, d_state)) * np.exp(1j * rng.uniform(0.3, 6.0, d_state))
    gamma = rng.uniform(0.2, 0.9, d_state)  # as after some training, not what it starts from
    B, C, D = _complex(rng, d_state, d_model), _complex(rng, d_model, d_state), rng.normal(size=d_model)
    return Lambda, gamma, B, C, D


def _step(rng, batch, d_model, d_state):
    return rng.normal(size=(batch, d_model)), _complex(rng, batch, d_state), *_weights(rng, d_model, d_state)


def probe(rng):
    one = ([[2.0]], [[1j]], [0.5j], [0.5], [[1 + 1j]], [[2 - 1j]], [3.0])
    # With as many numbers in the state as in the input a matrix fits also the wrong way round.
    return [tuple(np.array(x) for x in one), _step(rng, 2, 3, 4), _step(rng, 2, 3, 3)]


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
    """The output and the state; a wrong order is told once, by the first rung."""
    true(
        isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(x, Tensor) for x in got),
        "Return two tensors, as in `return y_t, h`.",
    )
    return got[::-1] if _is_other_way_round(got) else got


def _is_other_way_round(got):
    """The output is real and the state complex, which tells them apart."""
    return np.iscomplexobj(got[0].array) and not np.iscomplexobj(got[1].array)


def _check_output(got, args):
    """y_t: right, or read in the right way from a state that is itself not right, which is told before."""
    y_t, h = _two(got)
    x_t, C, D = args[0], args[5], args[6]
    expected = oracle(*args)[0]
    if h.array.shape == args[1].shape and y_t.array.shape == expected.shape:
        read = np.einsum("bn,mn->bm", h.array, C).real + x_t * D
        if np.all(np.abs(y_t.array - read) <= ROUGH * (1 + np.abs(read))):
            return
    close(y_t, expected, ROUGH, what="y_t")


@points(1)
def test_runs(learner, rng):
    """It returns two tensors: a real output and a complex state."""
    try:
        got = learner(*_step(rng, 2, 3, 4))
    except Wrong as wrong:
        if "same dtype" in wrong.message:
            why = "Torch multiplies matrices only if both are real or both complex: make x_t complex first"
            raise Wrong(f"{wrong.message}. {why}.", kind="raised", where=wrong.where) from None
        raise
    y_t, h = _two(got)
    true(y_t is got[0], "You return (h, y_t), expected (y_t, h): the output first and then the state.")
    same_shape(y_t, (2, 3), "(batch, d_model)")
    same_shape(h, (2, 4), "(batch, d_state)")
    finite(y_t)
    finite(h)
    true(not np.iscomplexobj(y_t.array), "y_t is complex, expected a real tensor: keep the real part.")
    true(np.iscomplexobj(h.array), "The state h is real, expected a complex tensor: only the output is real.")


@points(1)
def test_precision(learner, rng):
    """float64 and complex128 stay so, and so do float32 and complex64."""
    args = _step(rng, 2, 3, 4)
    for names in (("float64", "complex128"), ("float32", "complex64")):
        given = tuple(a.astype(names[np.iscomplexobj(a)]) for a in args)
        got = _two(learner(*given))
        for part, name, wanted in zip(got, ("y_t", "h"), names, strict=True):
            true(
                part.dtype == wanted,
                f"For arguments in {names[0]} and {names[1]} {name} is {part.dtype}, expected {wanted}: keep "
                "the precision of the arguments.",
            )
        right = oracle(*args)
        if names[0] == "float64":
            off = max(float(np.max(np.abs(a.array - b))) for a, b in zip(got, right, strict=True))
            true(
                not 1e-12 < off < 1e-4,
                f"Your numbers are right to about {off:.0e} only: somewhere you calculate in single "
                "precision (float32 or complex64). Keep the precision of the arguments.",
            )


@points(1)
def test_entering(learner, rng):
    """What enters a state of zero."""
    x_t, h, *weights = _step(rng, 2, 3, 4)
    args = (x_t, np.zeros_like(h), *weights)
    h = _two(learner(*args))[1]
    close(h, oracle(*args)[1], ROUGH, what="the new state h, from an old one of zero,")


@points(1)
def test_state(learner, rng):
    """The state after the step, first without an input."""
    x_t, *others = _step(rng, 2, 3, 4)
    for args, from_what in (((0 * x_t, *others), " for an input of zero"), *((p, "") for p in probe(rng))):
        h = _two(learner(*args))[1]
        close(h, oracle(*args)[1], ROUGH, what=f"the new state h{from_what}")


@points(1)
def test_direct_way(learner, rng):
    """The output when C is zero."""
    *others, C, D = _step(rng, 2, 3, 4)
    args = (*others, 0 * C, D)
    y_t = _two(learner(*args))[0]
    close(y_t, oracle(*args)[0], ROUGH, what="y_t for a C of zero")


@points(1)
def test_output(learner, rng):
    """The output, first when D is zero, then when nothing enters the state."""
    *others, B, C, D = _step(rng, 2, 3, 4)
    for args in ((*others, B, C, 0 * D), (*others, 0 * B, C, D), *probe(rng)):
        _check_output(learner(*args), args)


@points(1)
def test_unchanged(learner, rng):
    """The state is renewed, and the tensors that came in are as they were."""
    args = probe(rng)[1]
    h = _two(learner(*args))[1]
    true(
        not learner.changed,
        "Your function changed its arguments in place (with *=, += or copy_, perhaps): whoever called it "
        "loses the old values. Make new tensors.",
    )
    close(h, oracle(*args)[1], ROUGH, what="the new state h")


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
