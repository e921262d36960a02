"""mamba_block: number by number, with Python's own floats."""

import math

import numpy as np

from minirnn.course.checks import Tensor, close, points, same_shape, true, unchanged

EXAMPLE = tuple(
    np.array(array, dtype=float).reshape(shape)
    for array, shape in (
        ([2], (1, 1, 1)),
        ([], (1, 0, 1)),
        ([0], (1, 1, 1)),
        ([1, 0.5], (2, 1)),
        ([1], (1, 1)),
        ([0], (1, 1)),
        ([10], (1, 1)),
    )
)


def _arguments(rng, batch, time, d_model, d_inner, d_state, width):
    def draw(*shape):  # at least 0.3 from 0, so that no part can be left out unnoticed
        return rng.uniform(0.3, 1.2, shape) * rng.choice([-1, 1], shape)

    return (
        draw(batch, time, d_model),
        draw(batch, width - 1, d_inner),
        draw(batch, d_state, d_inner),
        draw(2 * d_inner, d_model),
        draw(width, d_inner),
        draw(d_state, d_inner),
        draw(d_model, d_inner),
    )


def probe(rng):
    return [_arguments(rng, 2, 5, 3, 4, 2, 3), _arguments(rng, 3, 4, 4, 4, 4, 2)]


def _sigmoid(v):
    return 1 / (1 + math.exp(-v))


def oracle(x, tail, h, W_in, weight, A_log, W_out):
    """One row, one step, one channel after the other."""
    batch, time, _ = x.shape
    y, h = np.zeros(x.shape), h.copy()
    inner, back = len(W_in) // 2, len(weight) - 1
    ends = np.zeros(tail.shape)
    for i in range(batch):
        past = [[float(v) for v in step] for step in tail[i]]
        for t in range(time):
            wide = [sum(float(w) * float(v) for w, v in zip(row, x[i, t], strict=True)) for row in W_in]
            past.append(wide[:inner])
            mixed = [
                sum(float(weight[back - j, d]) * past[-1 - j][d] for j in range(back + 1))
                for d in range(inner)
            ]
            soft = [v * _sigmoid(v) for v in mixed]
            mean, out = sum(soft) / inner, []
            for d, v in enumerate(soft):
                delta, total = math.log1p(math.exp(v)), v
                for n in range(len(A_log)):
                    B = mean * (n + 1)
                    h[i, n, d] = math.exp(-delta * math.exp(A_log[n, d])) * h[i, n, d] + delta * B * v
                    total += B * h[i, n, d]
                gate = wide[inner + d]
                out.append(total * gate * _sigmoid(gate))
            y[i, t] = [sum(float(w) * v for w, v in zip(row, out, strict=True)) for row in W_out]
        if back:
            ends[i] = past[-back:]
    return y, ends, h


def _three(learner, arguments):
    got = learner(*arguments)
    ok = isinstance(got, (tuple, list)) and len(got) == 3 and all(isinstance(each, Tensor) for each in got)
    true(ok, "Return three tensors, as in `return y, tail, h`.")
    return got


def _check(learner, arguments, what, parts=("y", "tail", "h"), tolerance=1e-9):
    got, right = _three(learner, arguments), oracle(*arguments)
    for name, mine, wanted in zip(("y", "tail", "h"), got, right, strict=True):
        if name in parts:
            same_shape(mine, wanted.shape, f"the shape of {name}")
            close(mine, wanted, tolerance, time=1 if name == "y" else None, what=f"{name}, {what},")


@points(1)
def test_form(learner, rng):
    y, tail, h = _three(learner, _arguments(rng, 2, 5, 3, 4, 2, 3))
    same_shape(y, (2, 5, 3), "(batch, time, d_model)")
    same_shape(tail, (2, 2, 4), "(batch, width - 1, d_inner)")
    same_shape(h, (2, 2, 4), "(batch, d_state, d_inner)")


@points(1)
def test_tail(learner, rng):
    """The tail that is handed on."""
    _check(learner, _arguments(rng, 2, 5, 3, 4, 2, 3), "at the end of 5 steps", ("tail",))
    _check(learner, _arguments(rng, 2, 1, 3, 4, 2, 4), "at the end of a single step", ("tail",))


@points(1)
def test_state(learner, rng):
    """The state of S6 that is handed on."""
    _check(learner, _arguments(rng, 2, 5, 3, 4, 2, 3), "at the end of 5 steps", ("h",))


@points(2)
def test_output(learner, rng):
    """What comes out."""
    _check(learner, EXAMPLE, "of the example")
    _check(learner, _arguments(rng, 2, 5, 3, 4, 2, 3), "of 5 steps")


@points(1)
def test_other_sizes(learner, rng):
    names = ("batch", "time", "d_model", "d_inner", "d_state", "width")
    for sizes in ((3, 4, 4, 4, 4, 2), (1, 2, 1, 3, 2, 4), (2, 3, 3, 3, 1, 1)):
        _check(learner, _arguments(rng, *sizes), ", ".join(map("{} = {}".format, names, sizes)))
        unchanged(learner)


@points(1)
def test_pieces(learner, rng):
    """Cut anywhere, with both states handed on, it is the same."""
    x, tail, h, *weights = _arguments(rng, 2, 6, 3, 4, 2, 4)
    whole, _, _ = oracle(x, tail, h, *weights)
    for cut in (1, 4):
        first, tail1, h1 = _three(learner, (x[:, :cut], tail, h, *weights))
        same_shape(tail1, tail.shape, "(batch, width - 1, d_inner)")
        same_shape(h1, h.shape, "(batch, d_state, d_inner)")
        second, _, _ = _three(learner, (x[:, cut:], tail1.array, h1.array, *weights))
        close(first, whole[:, :cut], time=1, what=f"y of the first {cut} steps")
        close(second, whole[:, cut:], time=1, what=f"y after step {cut}, from the states handed on,")


@points(1)
def test_single_precision(learner, rng):
    """float32 stays float32."""
    arguments = _arguments(rng, 2, 4, 3, 4, 2, 3)
    got = _three(learner, tuple(a.astype(np.float32) for a in arguments))
    for name, each in zip(("y", "tail", "h"), got, strict=True):
        true(each.dtype == "float32", f"{name} is {each.dtype}, expected float32, as what came in.")
    _check(learner, tuple(a.astype(np.float32) for a in arguments), "in float32", tolerance=1e-4)


@points(1, graded=True)
def test_many(learner, rng):
    for _ in range(4):
        _check(learner, _arguments(rng, *(int(n) for n in rng.integers(1, 5, 6))), "with other numbers")
