"""The block of Griffin: against loops over single numbers."""

import math

import numpy as np

from minirnn.course.checks import Tensor, close, points, same_dtype, same_shape, true, unchanged

ROUGH = 1e-7


def _weights(rng, d_model, d_rnn, d_mlp):
    def matrix(rows, columns):
        return rng.normal(size=(rows, columns)) * 1.2 / math.sqrt(rows)

    return {
        "norm_time": rng.uniform(0.6, 1.7, d_model),
        "gate": matrix(d_model, d_rnn),
        "into": matrix(d_model, d_rnn),
        "taps": rng.uniform(0.3, 0.9, (4, d_rnn)) * rng.choice([-1, 1], (4, d_rnn)),
        "decay": rng.uniform(0.4, 0.9, d_rnn),
        "out": matrix(d_rnn, d_model),
        "norm_features": rng.uniform(0.6, 1.7, d_model),
        "mlp_gate": matrix(d_model, d_mlp),
        "mlp_up": matrix(d_model, d_mlp),
        "mlp_out": matrix(d_mlp, d_model),
    }


def _case(rng, batch=2, time=5, d_model=3, d_rnn=4, d_mlp=5):
    x, tail, h = (
        rng.normal(size=shape) * 1.5 for shape in ((batch, time, d_model), (batch, 3, d_rnn), (batch, d_rnn))
    )
    return x, tail, h, _weights(rng, d_model, d_rnn, d_mlp)


EXAMPLE = (
    np.ones((1, 1, 1)),
    np.zeros((1, 3, 1)),
    np.zeros((1, 1)),
    {name: np.ones((1, 1)) for name in ("gate", "into", "out", "mlp_gate", "mlp_up", "mlp_out")}
    | {"norm_time": np.ones(1), "norm_features": np.ones(1), "decay": np.zeros(1)}
    | {"taps": np.array([[0.0], [0.0], [0.0], [1.0]])},
)


def probe(rng):
    # With equal widths a matrix fits in a wrong place, too.
    return [_case(rng), _case(rng, 1, 2, 3, 3, 3), _case(rng, 3, 4, 4, 4, 4), EXAMPLE]


def _gelu(z):
    return z * 0.5 * (1 + math.erf(z / math.sqrt(2)))


def _normed(row, weight):
    size = math.sqrt(sum(value * value for value in row) / len(row) + 1e-6)
    return [value / size * w for value, w in zip(row, weight, strict=True)]


def _times(row, matrix):
    return [sum(value * matrix[k][j] for k, value in enumerate(row)) for j in range(len(matrix[0]))]


def oracle(x, tail, h, weights):
    """Row by row and step by step, on lists."""
    p = {name: weight.tolist() for name, weight in weights.items()}
    tail, h = tail.tolist(), h.tolist()
    out = np.zeros(x.shape)
    for row in range(x.shape[0]):
        for t in range(x.shape[1]):
            stream = x[row, t].tolist()
            normed = _normed(stream, p["norm_time"])
            opened = [_gelu(value) for value in _times(normed, p["gate"])]
            line = [*tail[row], _times(normed, p["into"])]
            tail[row] = line[1:]
            mixed = []
            for j, a in enumerate(p["decay"]):
                enters = sum(p["taps"][k][j] * line[k][j] for k in range(4))
                h[row][j] = a * h[row][j] + math.sqrt(1 - a * a) * enters
                mixed.append(opened[j] * h[row][j])
            stream = [value + add for value, add in zip(stream, _times(mixed, p["out"]), strict=True)]
            normed = _normed(stream, p["norm_features"])
            hidden = [
                _gelu(g) * up
                for g, up in zip(_times(normed, p["mlp_gate"]), _times(normed, p["mlp_up"]), strict=True)
            ]
            out[row, t] = [
                value + add for value, add in zip(stream, _times(hidden, p["mlp_out"]), strict=True)
            ]
    return out, np.array(tail), np.array(h)


def _three(got):
    true(
        isinstance(got, (tuple, list)) and len(got) == 3 and all(isinstance(part, Tensor) for part in got),
        "Return three tensors, as in `return x, tail, h`.",
    )
    return got


def _without(args, *names):
    """The same with these weights set to zero: what they lead to adds nothing."""
    x, tail, h, weights = args
    return x, tail, h, {name: 0 * w if name in names else w for name, w in weights.items()}


def _two_pieces(function, x, tail, h, weights, cut):
    first, tail, h = function(x[:, :cut], tail, h, weights)
    second, tail, h = function(x[:, cut:], tail, h, weights)
    return first, second, tail, h


@points(1)
def test_runs(learner, rng):
    """It returns three tensors of the right shapes."""
    got = _three(learner(*_case(rng)))
    for part, shape, names in zip(
        got,
        ((2, 5, 3), (2, 3, 4), (2, 4)),
        ("(batch, time, d_model)", "(batch, 3, d_rnn)", "(batch, d_rnn)"),
        strict=True,
    ):
        same_shape(part, shape, names)
        same_dtype(part, "float64")


@points(1)
def test_example(learner):
    """The example of the statement."""
    got, expected = _three(learner(*EXAMPLE)), oracle(*EXAMPLE)
    close(got[0], expected[0], 1e-5, what="the stream in the example")
    close(got[1], expected[1], 1e-5, what="the tail in the example")
    close(got[2], expected[2], 1e-5, what="the state in the example")


@points(1)
def test_nothing_added(learner, rng):
    """With both ways back at zero the stream passes untouched."""
    args = _without(_case(rng), "out", "mlp_out")
    close(_three(learner(*args))[0], args[0], ROUGH, time=1, what="the stream, with out and mlp_out at zero,")


@points(1)
def test_features(learner, rng):
    """The second line alone, with `out` at zero."""
    args = _without(_case(rng), "out")
    close(_three(learner(*args))[0], oracle(*args)[0], ROUGH, time=1, what="the stream, with out at zero,")


@points(2)
def test_time(learner, rng):
    """The first line alone, with `mlp_out` at zero: the stream, then what is handed on."""
    args = _without(_case(rng), "mlp_out")
    got, expected = _three(learner(*args)), oracle(*args)
    close(got[0], expected[0], ROUGH, time=1, what="the stream, with mlp_out at zero,")
    close(got[1], expected[1], ROUGH, what="the tail")
    close(got[2], expected[2], ROUGH, what="the state")


@points(2)
def test_both(learner, rng):
    """Both lines."""
    for args in (_case(rng), _case(rng, 1, 3, 4, 4, 4)):
        close(_three(learner(*args))[0], oracle(*args)[0], ROUGH, time=1, what="the stream")


@points(2)
def test_pieces(learner, rng):
    """In two pieces it gives what it gives at once."""
    for cut in (1, 2, 4):
        args = _case(rng)
        got = learner.drive(_two_pieces, *args, cut)
        expected = oracle(*args)
        for part, wanted, name in (
            (got[0], expected[0][:, :cut], "the first piece"),
            (got[1], expected[0][:, cut:], "the second piece"),
            (got[2], expected[1], "the tail after both pieces"),
            (got[3], expected[2], "the state after both pieces"),
        ):
            close(part, wanted, ROUGH, what=f"{name} (cut after {cut} of 5 steps)")


@points(1)
def test_unchanged(learner, rng):
    """What was handed in is as it was."""
    _three(learner(*_case(rng)))
    unchanged(learner)


@points(1, graded=True)
def test_sizes(learner, rng):
    """Other sizes, with every side of length one in turn."""
    for sizes in ((1, 4, 3, 2, 5), (3, 1, 2, 4, 3), (2, 3, 4, 1, 2), (2, 2, 3, 5, 1)):
        args = _case(rng, *sizes)
        for got, wanted, name in zip(
            _three(learner(*args)), oracle(*args), ("the stream", "the tail", "the state"), strict=True
        ):
            close(got, wanted, what=name)
