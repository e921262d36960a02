"""The LRU layer: against loops over Python's complex numbers; in pieces; and with the calls counted."""

import numpy as np

from minirnn.course.checks import Tensor, Wrong, close, finite, points, same_shape, true

ROUGH = 1e-5  # how close numbers must be where precision is not in question, which a rung of its own asks


def _complex(rng, *shape):
    return rng.normal(size=shape) + 1j * rng.normal(size=shape)


def _layer(rng, batch, time, d_model, d_state):
    """x, h, Lambda, gamma, B, C, D."""
    Lambda = np.sqrt(rng.uniform(0.3, 0.95, d_state)) * np.exp(1j * rng.uniform(0.3, 6.0, d_state))
    gamma = rng.uniform(0.2, 0.9, d_state)  # as after some training, not what it starts from
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
    """The outputs and the state; a wrong order, or all states, are told once, by the first rung."""
    true(
        isinstance(got, (tuple, list)) and len(got) == 2 and all(isinstance(x, Tensor) for x in got),
        "Return two tensors, as in `return y, h`.",
    )
    y, h = got[::-1] if _is_other_way_round(got) else got
    is_all = h.array.ndim == 3 and y.array.ndim == 3 and h.array.shape[:2] == y.array.shape[:2]
    return y, Tensor(h.array[:, -1], h.dtype) if is_all else h


def _is_other_way_round(got):
    """The outputs are real and the state complex, which tells them apart."""
    return np.iscomplexobj(got[0].array) and not np.iscomplexobj(got[1].array)


@points(1)
def test_runs(learner, rng):
    """It returns two tensors: real outputs and one complex state."""
    try:
        got = learner(*_layer(rng, 2, 5, 3, 4))
    except Wrong as wrong:
        if "same dtype" in wrong.message:
            why = "Torch multiplies matrices only if both are real or both complex: make x complex first"
            raise Wrong(f"{wrong.message}. {why}.", kind="raised", where=wrong.where) from None
        raise
    y, h = _two(got)
    true(y is not got[1], "You return (h, y), expected (y, h): the outputs first and then the state.")
    same_shape(y, (2, 5, 3), "(batch, time, d_model)")
    true(
        got[1].array.ndim == 2 or h is got[1],
        "You return the states of all steps, (batch, time, d_state), expected only the one after the last "
        "step, (batch, d_state).",
    )
    same_shape(h, (2, 4), "(batch, d_state)")
    finite(y)
    finite(h)
    true(not np.iscomplexobj(y.array), "y is complex, expected a real tensor: keep the real part.")
    true(np.iscomplexobj(h.array), "The state h is real, expected a complex tensor: only y is real.")


@points(1)
def test_precision(learner, rng):
    """float64 and complex128 stay so, and so do float32 and complex64."""
    args = _layer(rng, 2, 5, 3, 4)
    for names in (("float64", "complex128"), ("float32", "complex64")):
        given = tuple(a.astype(names[np.iscomplexobj(a)]) for a in args)
        got = _two(learner(*given))
        for part, name, wanted in zip(got, ("y", "h"), names, strict=True):
            true(
                part.dtype == wanted,
                f"For arguments in {names[0]} and {names[1]} {name} is {part.dtype}, expected {wanted}: keep "
                "the precision of the arguments.",
            )
        right = oracle(*args)
        if names[0] == "float64" and all(a.array.shape == b.shape for a, b in zip(got, right, strict=True)):
            off = max(float(np.max(np.abs(a.array - b))) for a, b in zip(got, right, strict=True))
            true(
                not 1e-11 < off < 1e-4,
                f"Your numbers are right to about {off:.0e} only: somewhere you calculate in single "
                "precision (float32 or complex64). Keep the precision of the arguments.",
            )


@points(1)
def test_direct_way(learner, rng):
    """The outputs when C is zero."""
    *others, C, D = _layer(rng, 2, 5, 3, 4)
    args = (*others, 0 * C, D)
    close(_two(learner(*args))[0], oracle(*args)[0], ROUGH, time=1, what="y for a C of zero")


@points(1)
def test_from_zero(learner, rng):
    """What enters a state of zero, in one step and in several."""
    for time in (1, 5):
        x, h, *weights = _layer(rng, 2, time, 3, 4)
        args = (x, 0 * h, *weights)
        what = f"the state after {time} steps from a state of zero"
        close(_two(learner(*args))[1], oracle(*args)[1], ROUGH, what=what.replace("1 steps", "one step"))


@points(1)
def test_state(learner, rng):
    """The state that is handed on, first without an input."""
    x, *others = _layer(rng, 2, 4, 3, 4)
    for args, for_what in (((0 * x, *others), " for inputs of zero"), *((p, "") for p in probe(rng))):
        what = f"the state after the last step{for_what}"
        close(_two(learner(*args))[1], oracle(*args)[1], ROUGH, what=what)


@points(1)
def test_reading(learner, rng):
    """The output of one step, read from the state that is handed on, be that right or not."""
    *others, B, C, D = _layer(rng, 2, 1, 3, 4)
    for args in ((*others, 0 * B, C, D), (*others, B, C, D)):
        y, h = _two(learner(*args))
        same_shape(h, (2, 4), "(batch, d_state)")
        read = np.einsum("bn,mn->bm", h.array, C).real + args[0][:, 0] * D
        if y.array.shape != (2, 1, 3) or not np.allclose(y.array[:, 0], read, ROUGH, ROUGH):
            close(y, oracle(*args)[0], ROUGH, what="y of a single step")


@points(1)
def test_outputs(learner, rng):
    """All outputs, first when D is zero."""
    *others, D = _layer(rng, 2, 5, 3, 4)
    for args in ((*others, 0 * D), *probe(rng)):
        close(_two(learner(*args))[0], oracle(*args)[0], ROUGH, time=1, what="y")


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
    close(h, oracle(*args)[1], ROUGH, what="the state after the last step")


@points(1)
def test_pieces(learner, rng):
    """Two pieces with the state carried over are the whole."""
    args = _layer(rng, 2, 7, 3, 4)
    first, second, h = learner.drive(in_two_pieces, 3, *args)
    y, last = oracle(*args)
    close(first, y[:, :3], ROUGH, time=1, what="y of the first piece")
    close(second, y[:, 3:], ROUGH, time=1, what="y of the second piece")
    close(h, last, ROUGH, what="the state after both pieces")


@points(1)
def test_long_and_any_Lambda(learner, rng):
    """Powers of Lambda that are too small for a number: over many steps, and from the start."""
    x, h, _, *weights = _layer(rng, 1, 1000, 2, 2)
    for Lambda, why in (
        (np.array([0.3 + 0.1j, 0.95 - 0.2j]), "over 1000 steps"),
        (np.array([1e-300j, 0.5 + 0.1j]), "for a tiny Lambda"),
        (np.array([0.0j, 0.5 + 0.1j]), "for a Lambda of zero"),
    ):
        args = (x if "steps" in why else x[:, :9], h, Lambda, *weights)
        y, last = _two(learner(*args))
        right, right_last = oracle(*args)
        true(
            bool(np.all(np.isfinite(y.array)) and np.all(np.isfinite(last.array))),
            f"There are infinite numbers or nan {why}. The powers of Lambda get too small for a number: do "
            "not divide by them, and do not take their logarithm.",
        )
        close(y, right, ROUGH, time=1, what=f"y {why}")
        close(last, right_last, ROUGH, what=f"the state after the last step {why}")


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
        close(y, oracle(*args)[0], ROUGH, time=1, what=f"y for T = {time}")
        made.append(count)
    short, long = made
    true(
        long - short <= 64,
        f"64 steps take {short} calls of torch and 256 steps take {long}: something loops over time. The "
        "scan needs two rounds more, and the products no call more.",
    )
