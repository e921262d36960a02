"""What docs/derivatives.md says of each layer and each kind of derivative, against differences of numbers.

The page's table is read, not repeated: where it says yes the derivative must be right, where it says no the
code must refuse in words of ours. First gradients come from differences of the loss (float64), second ones
from differences of first gradients by `.backward()`.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.autograd import forward_ad, functional
from torch.func import functional_call, grad, hessian, jacfwd, jacrev, jvp, vmap

from minirnn.lm import LanguageModel
from minirnn.newton import solve
from minirnn.presets import PRESETS
from minirnn.scan import METHODS, scan
from minirnn.scan.matrix import matrix_scan
from tests.test_contract import LAYERS, inputs

# Of torch's own, when forward mode first runs, and where vmap falls back to a loop.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.*torch.jit.script:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:There is a performance drop:UserWarning"),
]
PAGE = Path(__file__).parents[1] / "docs" / "derivatives.md"
COLUMNS = ("first", "again", "forward", "torch.func", "many")
STEP = 1e-6


def table() -> dict[str, dict[str, bool]]:
    """Row -> column -> whether it works."""
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in PAGE.read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
    ]
    return {
        row[0].replace("`", ""): {c: cell.startswith("yes") for c, cell in zip(COLUMNS, row[1:], strict=True)}
        for row in rows[2:]
    }


# The rows of the table, and which layers of the contract's test stand for each.
ROWS: dict[str, list[str]] = {
    "RNN": ["rnn"],
    "GRU": ["gru"],
    "LSTM": ["lstm"],
    "LinearRNN": ["linear-rnn"],
    "LRU": ["lru"],
    "S4D": ["s4d-lin", "s4d-inv-recurrent"],
    "S5": ["s5-zoh"],
    "MinGRU, MinLSTM": ["mingru", "minlstm-positive"],
    "S6": ["s6"],
    "SSD": ["ssd"],
    "Mamba3": ["mamba3"],
    "RGLRU, CGLRU": ["rglru-code", "cglru"],
    "DeltaNet": ["deltanet-negative"],
    "DeltaRule": ["kda", "gdn2-product"],
    "Attention": ["attention-global-mqa", "attention-local-mqa"],
    "Mamba's blocks": ["mamba", "mamba2"],
    "language models": [f"lm-{preset}" for preset in PRESETS if not preset.endswith("-gpu")],
    "scan": [f"scan-{kind}-{method}" for kind in ("real", "complex") for method in METHODS],
    "matrix_scan": ["matrix_scan", "matrix_scan-reverse"],
    "newton.solve": ["solve-deer", "solve-quasi-elk"],
    "scan inside cut_over": [],  # tests/scan/test_across.py
}
CASES = [(row, case) for row, cases in ROWS.items() for case in cases]


class Problem:
    """A function of tensors, where to differentiate it and in which direction.

    f: theta -> a tensor or more, with the first dimension of `theta[0]` a batch if `samples`; else all of
    theta is weights, of a language model.
    """

    def __init__(self, f: Callable[..., Any], theta: list[Tensor], samples: bool) -> None:
        random = torch.Generator().manual_seed(3)
        self.f, self.theta, self.samples = f, theta, samples
        self.direction = [torch.randn(t.shape, generator=random, dtype=t.dtype) for t in theta]
        self.n = tuple(range(len(theta)))

    def flat(self, *theta: Tensor) -> Tensor:
        """All outputs in one real row."""
        out = self.f(*theta)
        parts = [
            torch.view_as_real(o) if o.is_complex() else o
            for o in ((out,) if isinstance(out, Tensor) else out)
        ]
        return torch.cat([part.reshape(-1) for part in parts])

    def loss(self, *theta: Tensor) -> Tensor:
        y = self.flat(*theta)
        return y.square().sum() + self.linear(*theta)

    def linear(self, *theta: Tensor) -> Tensor:
        y = self.flat(*theta)
        return (y * torch.linspace(-1, 2, len(y), dtype=y.dtype)).sum()

    def moved(self, step: float) -> list[Tensor]:
        return [(t + step * d).detach() for t, d in zip(self.theta, self.direction, strict=True)]

    def gradient(self, loss: Callable[..., Tensor], theta: list[Tensor]) -> list[Tensor]:
        """By `.backward()`, once."""
        leaves = [t.detach().clone().requires_grad_() for t in theta]
        loss(*leaves).backward()
        return [torch.zeros_like(t) if t.grad is None else t.grad for t in leaves]

    def along(self, grads: Any) -> Tensor:
        """The real inner product with the direction."""
        return sum((g * d.conj()).real.sum() for g, d in zip(grads, self.direction, strict=True))  # type: ignore[return-value]

    @cache  # noqa: B019 (problems are few, and live as long as the tests)
    def slope(self) -> Tensor:
        with torch.no_grad():
            return (self.loss(*self.moved(STEP)) - self.loss(*self.moved(-STEP))) / (2 * STEP)

    @cache  # noqa: B019
    def curve(self, name: str) -> list[Tensor]:
        """The second derivative times the direction."""
        loss = getattr(self, name)
        pair = zip(self.gradient(loss, self.moved(STEP)), self.gradient(loss, self.moved(-STEP)), strict=True)
        return [(a - b) / (2 * STEP) for a, b in pair]


def close(found: Any, expected: Any) -> None:
    for x, y in zip(found, expected, strict=True):
        torch.testing.assert_close(
            x.detach(), y.detach(), rtol=2e-5, atol=2e-5 * max(1.0, float(y.detach().abs().max()))
        )


@cache
def problem(case: str) -> Problem:
    random = torch.Generator().manual_seed(1)

    def normal(*shape: int, dtype: torch.dtype = torch.float64) -> Tensor:
        return torch.randn(*shape, generator=random, dtype=dtype)

    if case.startswith("scan"):
        _, kind, method = case.split("-")
        dtype = torch.complex128 if kind == "complex" else torch.float64
        reset = torch.tensor([[False, False, True, False]])
        reverse = method in ("blelloch", "log_space")

        def f(b: Tensor, a: Tensor, h0: Tensor) -> tuple[Tensor, Tensor]:
            many = b.shape[0]
            return scan(a, b, h0.expand(many, 2), reset=reset.expand(many, 4), reverse=reverse, method=method)

        if method == "sequential":  # one decay at all steps
            return Problem(f, [normal(*shape, dtype=dtype) for shape in [(2, 4, 2), (2,), (2,)]], True)
        both = [normal(*shape, dtype=dtype) for shape in [(2, 4, 4), (2,)]]  # each sample has its own a
        return Problem(lambda ab, h0: f(ab[..., 2:], ab[..., :2], h0), both, True)
    if case.startswith("matrix_scan"):

        def g(b: Tensor, A: Tensor, h0: Tensor) -> tuple[Tensor, Tensor]:
            many = b.shape[0]
            return matrix_scan(A.expand(many, 5, 2, 2), b, h0.expand(many, 2), reverse="reverse" in case)

        return Problem(g, [normal(2, 5, 2), normal(5, 2, 2) / 2, normal(2)], True)
    if case.startswith("solve"):

        def h(x: Tensor, W: Tensor, h0: Tensor) -> Tensor:
            def step(h_t: Tensor, x_t: Tensor) -> Tensor:
                return torch.tanh(W @ h_t + x_t)

            return solve(step, x, h0.expand(x.shape[0], 2), case.removeprefix("solve-")).h

        return Problem(h, [normal(2, 5, 2), normal(2, 2), normal(2)], True)
    torch.manual_seed(0)
    layer = LAYERS[case]().double()
    names, weights = zip(*layer.named_parameters(), strict=True)
    theta = [(w + 0.1 * torch.randn_like(w)).detach() for w in weights]
    x, reset = inputs(layer, 2, 4).detach(), torch.tensor([[False, False, True, False]])
    samples = not isinstance(layer, LanguageModel)

    def run(x: Tensor, *weights: Tensor) -> Tensor:
        how = {} if case == "s4d-lin" else {"reset": reset.expand(x.shape[0], 4)}  # resets make it a scan
        y, _ = functional_call(layer, dict(zip(names, weights, strict=True)), (x,), how)
        return y

    return Problem(run, [x, *theta], True) if samples else Problem(lambda *w: run(x, *w), theta, False)


def first(p: Problem) -> None:
    close([p.along(p.gradient(p.loss, p.theta))], [p.slope()])


def again(p: Problem) -> None:
    for name in ("loss", "linear"):
        for backward in (True, False):
            leaves = [t.clone().requires_grad_() for t in p.theta]
            grads = torch.autograd.grad(getattr(p, name)(*leaves), leaves, create_graph=True)
            if backward:
                p.along(grads).backward()
                found = [torch.zeros_like(t) if t.grad is None else t.grad for t in leaves]
            else:
                found = torch.autograd.grad(p.along(grads), leaves, materialize_grads=True, allow_unused=True)
            close(found, p.curve(name))
    if not p.theta[0].is_complex():
        close(functional.hvp(p.loss, tuple(p.theta), tuple(p.direction))[1], p.curve("loss"))
        close(functional.vhp(p.linear, tuple(p.theta), tuple(p.direction))[1], p.curve("linear"))


def forward(p: Problem) -> None:
    theta, direction = tuple(p.theta), tuple(p.direction)
    with forward_ad.dual_level():
        duals = [forward_ad.make_dual(t, d) for t, d in zip(theta, direction, strict=True)]
        close([forward_ad.unpack_dual(p.loss(*duals)).tangent], [p.slope()])
    close([jvp(p.loss, theta, direction)[1]], [p.slope()])
    twice = jvp(lambda *t: jvp(p.loss, t, direction)[1], theta, direction)[1]
    close([twice], [p.along(p.curve("loss"))])


def func(p: Problem) -> None:
    theta, direction = tuple(p.theta), tuple(p.direction)
    gradient = grad(p.loss, argnums=p.n)
    close(gradient(*theta), p.gradient(p.loss, p.theta))
    close(jvp(gradient, theta, direction)[1], p.curve("loss"))
    close(grad(lambda *t: jvp(p.loss, t, direction)[1], argnums=p.n)(*theta), p.curve("loss"))
    close(grad(lambda *t: p.along(gradient(*t)), argnums=p.n)(*theta), p.curve("loss"))


def many(p: Problem) -> None:
    def of_sample(*theta: Tensor) -> Tensor:
        return p.loss(theta[0][None], *theta[1:]) if p.samples else p.loss(*theta)

    if p.samples:
        dims, several = (0,) + (None,) * (len(p.theta) - 1), [(t, *p.theta[1:]) for t in p.theta[0]]
        stacked = p.theta
    else:  # several models
        dims, several = 0, [tuple(p.theta), tuple(1.1 * t for t in p.theta)]  # type: ignore[assignment]
        stacked = [torch.stack(t) for t in zip(*several, strict=True)]
    close([vmap(of_sample, in_dims=dims)(*stacked)], [torch.stack([of_sample(*t) for t in several])])
    found = vmap(grad(of_sample, argnums=p.n), in_dims=dims)(*stacked)
    expected = [p.gradient(of_sample, list(t)) for t in several]
    close(found, [torch.stack(g) for g in zip(*expected, strict=True)])
    leaves = [t.clone().requires_grad_() for t in p.theta]
    y = p.flat(*leaves)[:3]
    rows = [
        torch.autograd.grad(y[i], leaves, retain_graph=True, materialize_grads=True, allow_unused=True)
        for i in range(3)
    ]
    at_once = torch.autograd.grad(
        y,
        leaves,
        torch.eye(3, dtype=y.dtype),
        is_grads_batched=True,
        materialize_grads=True,
        allow_unused=True,
    )
    close(at_once, [torch.stack(r) for r in zip(*rows, strict=True)])


CHECKS = dict(zip(COLUMNS, (first, again, forward, func, many), strict=True))


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("row, case", CASES)
def test_the_table_is_what_the_code_does(row: str, case: str, column: str) -> None:
    if table()[row][column]:
        CHECKS[column](problem(case))
        return
    with pytest.raises(RuntimeError, match="newton.solve"):
        CHECKS[column](problem(case))


def test_the_table_has_every_row() -> None:
    assert set(table()) == set(ROWS)
    covered = {type(LAYERS[case]()) for cases in ROWS.values() for case in cases if case in LAYERS}
    layers = {type(make()) for make in LAYERS.values()}
    from_layers = {layer for layer in layers if layer.__module__.startswith("minirnn.layers")}
    assert from_layers <= covered


def test_third_derivatives_and_whole_hessians_of_a_scan() -> None:
    """Every order: what one kind of derivative gives, all orders of the two kinds give."""
    a = torch.tensor([0.5, -0.9, 0.7], dtype=torch.float64)

    def cubic(a: Tensor) -> Tensor:
        """h_3 of h_t = a_t h_{t-1} + 1 from 2: 2 a_1 a_2 a_3 + a_2 a_3 + a_3 + 1."""
        return scan(a[:, None], torch.ones(3, 1, dtype=a.dtype), torch.full((1,), 2.0, dtype=a.dtype))[1][0]

    expected = torch.tensor(
        [[0, 2 * 0.7, 2 * -0.9], [2 * 0.7, 0, 2 * 0.5 + 1], [2 * -0.9, 2 * 0.5 + 1, 0]]
    ).double()
    for way in (
        hessian(cubic),
        jacrev(jacrev(cubic)),
        jacfwd(jacfwd(cubic)),
        lambda a: functional.hessian(cubic, a),
    ):
        torch.testing.assert_close(way(a), expected)
    third = torch.zeros(3, 3, 3, dtype=torch.float64)
    for i, j, k in [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)]:
        third[i, j, k] = 2
    for way in (jacfwd(hessian(cubic)), jacrev(hessian(cubic)), jacfwd(jacfwd(jacfwd(cubic)))):
        torch.testing.assert_close(way(a), third)


def test_a_scan_that_is_compiled_knows_torch_func_too() -> None:
    torch.compiler.reset()
    a, b = torch.full((1, 4, 2), 0.5, dtype=torch.float64), torch.ones(1, 4, 2, dtype=torch.float64)
    plain = jacfwd(lambda b: scan(a, b)[0].square().sum())
    compiled = torch.compile(
        lambda b: jvp(lambda b: scan(a, b)[0].square().sum(), (b,), (b,))[1], backend="aot_eager"
    )
    torch.testing.assert_close(compiled(b), (plain(b) * b).sum())
