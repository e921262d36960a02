"""Newton's trajectories against a plain loop over time, their gradients against autograd through the loop."""

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.func import functional_call

from minirnn.newton import METHODS, solve

Step = Callable[[Tensor, Tensor], Tensor]
QUASI = [m for m in METHODS if m.startswith("quasi")]
DAMPED = [m for m in METHODS if m.endswith("elk")]


def loop(f: Step, x: Tensor, h0: Tensor) -> Tensor:
    """Sample by sample, step by step."""
    rows = []
    for x_row, h in zip(x, h0, strict=True):
        states = []
        for x_t in x_row:
            h = f(h, x_t)
            states.append(h)
        rows.append(torch.stack(states))
    return torch.stack(rows)


def tanh_rnn(d: int, scale: float, dtype: torch.dtype = torch.float64) -> tuple[Step, list[Tensor]]:
    """A vanilla RNN with inputs of size 3, and its parameters. `scale` is about the spectral radius."""
    random = torch.Generator().manual_seed(1)
    W = torch.randn(d, d, generator=random, dtype=torch.float64) * scale / math.sqrt(d)
    U = torch.randn(d, 3, generator=random, dtype=torch.float64) / math.sqrt(3)
    W, U = W.to(dtype).requires_grad_(), U.to(dtype).requires_grad_()
    return lambda h, x: torch.tanh(W @ h + U @ x), [W, U]


class GatedUnit(nn.Module):
    """A GRU written out: torch.func has no batched form of torch's own cell."""

    def __init__(self, d: int) -> None:
        super().__init__()
        self.inputs, self.states = nn.Linear(3, 3 * d), nn.Linear(d, 3 * d)

    def forward(self, h: Tensor, x: Tensor) -> Tensor:
        (xr, xz, xn), (hr, hz, hn) = self.inputs(x).chunk(3), self.states(h).chunk(3)
        z = torch.sigmoid(xz + hz)
        return (1 - z) * torch.tanh(xn + torch.sigmoid(xr + hr) * hn) + z * h


def gru(d: int) -> tuple[Step, list[Tensor]]:
    torch.manual_seed(0)
    cell = GatedUnit(d).double()
    weights = dict(cell.named_parameters())
    return lambda h, x: functional_call(cell, weights, (h, x)), list(weights.values())


def elementwise(d: int) -> tuple[Step, list[Tensor]]:
    """A gated unit in which no state sees another: its Jacobian is diagonal."""
    random = torch.Generator().manual_seed(0)
    U, w = (torch.randn(n, d, generator=random, dtype=torch.float64).requires_grad_() for n in (3, 2))

    def f(h: Tensor, x: Tensor) -> Tensor:
        z = torch.sigmoid(w[0] * h + x @ U)
        return z * h + (1 - z) * torch.tanh(w[1] * h - x @ U)

    return f, [U, w]


STEPS = {"tanh": lambda: tanh_rnn(4, 1.2), "gru": lambda: gru(4), "elementwise": lambda: elementwise(4)}


def inputs(batch: int, time: int, d: int = 4, dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    random = torch.Generator().manual_seed(1)
    x = torch.randn(batch, time, 3, generator=random, dtype=torch.float64).to(dtype)
    h0 = torch.randn(batch, d, generator=random, dtype=torch.float64).to(dtype)
    return x.requires_grad_(), h0.requires_grad_()


def gradients(h: Tensor, wanted: list[Tensor]) -> list[Tensor]:
    """Those of an uneven loss of all states."""
    loss = (h * torch.linspace(-1, 2, h.numel(), dtype=h.dtype).view(h.shape)).sum() + h.square().sum()
    return list(torch.autograd.grad(loss, wanted))


def residual(f: Step, x: Tensor, h0: Tensor, h: Tensor) -> float:
    """The largest relative residual of a trajectory, in a loop."""
    before = torch.cat([h0.unsqueeze(1), h[:, :-1]], 1)
    return max(
        float(((f(p, x_t) - h_t) / h_t.abs().clamp(min=1)).abs().max())
        for p, x_t, h_t in zip(before.flatten(0, 1), x.flatten(0, 1), h.flatten(0, 1), strict=True)
    )


@pytest.mark.parametrize("kind", STEPS)
@pytest.mark.parametrize("method", METHODS)
def test_states_and_gradients_are_those_of_the_loop(method: str, kind: str) -> None:
    f, parameters = STEPS[kind]()
    x, h0 = inputs(3, 50)
    found, expected = solve(f, x, h0, method), loop(f, x, h0)
    assert found.converged and found.exact_gradient
    assert found.h.shape == (3, 50, 4) and found.h.dtype == torch.float64
    assert found.residuals[-1] <= 1e-10 < min(found.residuals[:-1])
    torch.testing.assert_close(found.h, expected, rtol=0, atol=1e-8)
    wanted = [x, h0, *parameters]
    for got, want in zip(gradients(found.h, wanted), gradients(expected, wanted), strict=True):
        torch.testing.assert_close(got, want, rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("method", QUASI)
def test_the_cheap_gradient_is_marked_and_is_exact_only_for_a_diagonal_jacobian(method: str) -> None:
    x, h0 = inputs(2, 30)
    for kind in STEPS:
        f, parameters = STEPS[kind]()
        found = solve(f, x, h0, method, exact_gradient=False)
        assert found.converged and not found.exact_gradient
        wanted = [x, h0, *parameters]
        error = max(
            float((got - want).abs().max() / want.abs().max())
            for got, want in zip(gradients(found.h, wanted), gradients(loop(f, x, h0), wanted), strict=True)
        )
        assert error < 1e-7 if kind == "elementwise" else error > 1e-2


@pytest.mark.parametrize("method", METHODS)
def test_the_first_i_states_are_exact_after_i_iterations(method: str) -> None:
    f, _ = tanh_rnn(4, 3.0)
    x, h0 = inputs(2, 24)
    expected = loop(f, x, h0)
    for i in (1, 2, 5, 11, 24):
        found = solve(f, x, h0, method, max_iterations=i, tolerance=0.0)
        torch.testing.assert_close(found.h[:, :i], expected[:, :i], rtol=0, atol=1e-14)
    assert found.iterations <= 24


def test_newton_takes_few_iterations_and_the_diagonal_many() -> None:
    """A dense tanh RNN: most of its Jacobian is beside the diagonal."""
    f, _ = tanh_rnn(4, 1.2)
    x, h0 = inputs(1, 64)
    found = {method: solve(f, x, torch.zeros_like(h0), method) for method in METHODS}
    assert found["deer"].iterations <= 8 and found["elk"].iterations <= 16
    assert 2 * found["deer"].iterations < found["quasi-deer"].iterations < 64
    assert all(s.converged for s in found.values())


@pytest.mark.parametrize("method", DAMPED)
def test_the_ends_of_damping_are_newton_and_plain_substitution(method: str) -> None:
    f, _ = tanh_rnn(4, 1.2)
    x, h0 = inputs(2, 20)
    newton = solve(f, x, h0, method.replace("elk", "deer"), max_iterations=3)
    torch.testing.assert_close(
        solve(f, x, h0, method, damping=0.0, max_iterations=3).h, newton.h, rtol=0, atol=1e-13
    )
    h = h0.unsqueeze(1).expand(-1, 20, -1)
    for _ in range(3):
        before = torch.cat([h0.unsqueeze(1), h[:, :-1]], 1)
        h = torch.stack(
            [
                torch.stack([f(*pair) for pair in zip(*row, strict=True)])
                for row in zip(before, x, strict=True)
            ]
        )
    torch.testing.assert_close(
        solve(f, x, h0, method, damping=1.0, max_iterations=3).h, h, rtol=0, atol=1e-13
    )


@pytest.mark.parametrize("damping", [0.01, 0.5])
@pytest.mark.parametrize("method", DAMPED)
def test_the_damping_is_the_gain_of_a_kalman_filter(method: str, damping: float) -> None:
    """One iteration, with a textbook filter that goes step by step."""
    f, _ = tanh_rnn(4, 3.0)
    x, h0 = (z.detach() for z in inputs(1, 13))
    eye, P, e = (
        torch.eye(4, dtype=torch.float64),
        torch.zeros(4, 4, dtype=torch.float64),
        torch.zeros(4, dtype=torch.float64),
    )
    expected = []
    for x_t in x[0]:
        f_h = f(h0[0], x_t)
        J = torch.autograd.functional.jacobian(lambda h, x_t=x_t: f(h, x_t), h0[0])
        J = torch.diag(torch.diagonal(J)) if method in QUASI else J
        predicted = J @ P @ J.T + eye
        gain = predicted @ torch.linalg.inv(predicted + (1 - damping) / damping * eye)
        P = predicted - gain @ predicted
        h = f_h + (eye - gain) @ J @ e
        expected.append(h)
        e = h - h0[0]
    found = solve(f, x, h0, method, damping=damping, max_iterations=1).h[0]
    torch.testing.assert_close(found, torch.stack(expected).detach(), rtol=0, atol=1e-12)


@pytest.mark.parametrize("method", ["deer", "quasi-deer"])
def test_a_linear_f_takes_one_iteration(method: str) -> None:
    a = torch.tensor([0.9, -0.5, 1.0], dtype=torch.float64)
    A = torch.diag(a) if method in QUASI else torch.diag(a) + 0.1
    x, h0 = inputs(2, 40, 3)
    found = solve(lambda h, x: A @ h + x, x, h0, method)
    assert found.converged and found.iterations == 1
    torch.testing.assert_close(found.h, loop(lambda h, x: A @ h + x, x, h0), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("method", ["deer", "elk"])
def test_with_a_diagonal_jacobian_the_quasi_method_is_the_full_one(method: str) -> None:
    f, _ = elementwise(4)
    x, h0 = inputs(2, 40)
    for i in (1, 2, 3):
        full, quasi = (
            solve(f, x, h0, m, max_iterations=i, tolerance=0.0) for m in (method, f"quasi-{method}")
        )
        torch.testing.assert_close(quasi.h, full.h, rtol=0, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_residuals_are_those_of_the_trajectory_and_too_few_iterations_are_reported(method: str) -> None:
    f, _ = tanh_rnn(4, 2.0)
    x, h0 = inputs(2, 40)
    for i in (1, 2, 4):
        found = solve(f, x, h0, method, max_iterations=i)
        assert found.iterations == len(found.residuals) == i
        with torch.no_grad():
            assert found.residuals[-1] == pytest.approx(residual(f, x, h0, found.h), rel=1e-6)
        assert found.residuals[-1] > 1e-10 and not found.converged and not found.exact_gradient


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("time", [0, 1, 2])
def test_short_sequences(method: str, time: int) -> None:
    f, parameters = tanh_rnn(4, 1.2)
    x, h0 = inputs(2, time)
    found = solve(f, x, h0, method)
    assert found.converged and found.exact_gradient and found.h.shape == (2, time, 4)
    assert found.iterations <= time and len(found.residuals) == found.iterations
    if time:
        expected, wanted = loop(f, x, h0), [x, h0, *parameters]
        torch.testing.assert_close(found.h, expected, rtol=0, atol=1e-12)
        for got, want in zip(gradients(found.h, wanted), gradients(expected, wanted), strict=True):
            torch.testing.assert_close(got, want, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("method", METHODS)
def test_single_precision(method: str) -> None:
    (f, weights), (f_double, _) = tanh_rnn(4, 1.2, torch.float32), tanh_rnn(4, 1.2)
    (x, h0), doubles = inputs(2, 200, dtype=torch.float32), inputs(2, 200)
    found = solve(f, x, h0, method)
    assert found.converged and found.h.dtype == torch.float32
    assert found.residuals[-1] <= 1e-5 < min(found.residuals[:-2]) and found.error <= 1e-5
    torch.testing.assert_close(found.h.double(), loop(f_double, *doubles), rtol=0, atol=1e-4)
    assert all(g.dtype == torch.float32 for g in gradients(found.h, [x, h0, *weights]))


def test_where_newton_leaves_the_range_of_numbers_it_says_so_and_damping_converges() -> None:
    """The Lorenz equations in Euler steps: products of their Jacobians on a bad guess grow without end."""

    def f(h: Tensor, x: Tensor) -> Tensor:
        a, b, c = h
        return h + 0.01 * torch.stack([10 * (b - a), a * (28 - c) - b, a * b - 8 / 3 * c])

    x, h0 = torch.zeros(1, 400, 1, dtype=torch.float64), torch.ones(1, 3, dtype=torch.float64)
    newton = solve(f, x, h0, "deer", max_iterations=100)
    assert newton.repaired > 10 and not newton.converged and newton.residuals[-1] > 1e-2
    assert newton.h.isfinite().all()
    damped = solve(f, x, h0, "elk", damping=1e-3, max_iterations=100)
    assert damped.repaired == 0 and damped.converged
    torch.testing.assert_close(damped.h, loop(f, x, h0), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_a_chaotic_map_is_solved_in_at_most_as_many_iterations_as_steps(method: str) -> None:
    """An error is doubled in each step, and 2^200 is no float32. Only what the loop computes equals it."""

    def f(h: Tensor, x: Tensor) -> Tensor:
        return 4 * h * (1 - h)

    x, h0 = torch.zeros(3, 200, 1), torch.tensor([[0.3], [0.0], [0.6]])
    found = solve(f, x, h0, method, tolerance=0.0)
    assert found.converged and 100 < found.iterations <= 200 and found.residuals[-1] == 0
    assert torch.equal(found.h, loop(f, x, h0))


@pytest.mark.parametrize("method", METHODS)
def test_an_infinite_slope_does_not_stop_it(method: str) -> None:
    """At the first guess, which is put back wherever a state is lost, the Jacobian is infinite."""

    def f(h: Tensor, x: Tensor) -> Tensor:
        return torch.sqrt(h.abs()) / 2 + x

    x, h0 = torch.rand(2, 12, 3, generator=torch.Generator().manual_seed(0)), torch.zeros(2, 3)
    found = solve(f, x, h0, method)
    assert found.converged and found.repaired > 0 and found.h.isfinite().all()
    torch.testing.assert_close(found.h, loop(f, x, h0), rtol=0, atol=1e-5)


def test_a_state_that_can_not_be_held_is_reported() -> None:
    x, h0 = torch.zeros(1, 3, 1), torch.tensor([[1.0, 2.0]])
    found = solve(lambda h, x: 1e20 * h, x, h0)
    assert found.repaired == found.iterations == 3 and not found.converged and found.error == math.inf
    torch.testing.assert_close(found.h[0, :2], torch.tensor([[1e20, 2e20], [1.0, 2.0]]))


@pytest.mark.parametrize("method", METHODS)
def test_a_state_that_can_be_held_is(method: str) -> None:
    """Far above the root of the largest number, which is 1.8e19 in float32: 1.5^150 is 2.6e26."""
    found = solve(lambda h, x: 1.5 * h, torch.zeros(1, 150, 1), torch.tensor([[1.0]]), method)
    assert found.converged and found.repaired == 0
    torch.testing.assert_close(found.h[0, -1], torch.tensor([1.5**150]), rtol=1e-4, atol=0)


@pytest.mark.parametrize("method", METHODS)
def test_the_error_is_that_of_the_trajectory_and_small_steps_do_not_hide_it(method: str) -> None:
    """A turn by 5e-6 a step: that small are the residuals of standing still, too, which ends a radian off."""
    angle, time = 5e-6, 2000
    turn = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    found = solve(lambda h, x: turn @ h, torch.zeros(1, time, 1), torch.tensor([[1.0, 0.0]]), method)
    angles = angle * torch.arange(1, time + 1, dtype=torch.float64)
    expected = torch.stack([angles.cos(), angles.sin()], 1)
    assert found.converged and found.error <= 1e-5 and found.iterations <= 8
    torch.testing.assert_close(found.h[0].double(), expected, rtol=0, atol=3e-5)


@pytest.mark.parametrize("method", ["deer", "elk"])
def test_the_error_is_the_distance_from_the_trajectory(method: str) -> None:
    f, _ = tanh_rnn(4, 1.2)
    x, h0 = inputs(2, 60)
    with torch.no_grad():
        found, exact = solve(f, x, h0, method, tolerance=1e-3), loop(f, x, h0)
    distance = float(((found.h - exact).abs() / exact.abs().clamp(min=1)).max())
    assert (
        found.converged and found.error <= 1e-3 and distance == pytest.approx(found.error, rel=0.2, abs=1e-9)
    )


@pytest.mark.parametrize("method", METHODS)
def test_gradients_through_infinite_slopes_are_those_of_the_loop(method: str) -> None:
    """The first component is 0, where the root is infinitely steep; it has nothing to do with the second."""

    def f(h: Tensor, x: Tensor) -> Tensor:
        return torch.sqrt(h) + x

    x = torch.tensor([[[0.0, 1.0], [0.0, 2.0], [0.0, 3.0]]], dtype=torch.float64, requires_grad=True)
    h0 = torch.tensor([[0.0, 4.0]], dtype=torch.float64, requires_grad=True)
    found, expected = solve(f, x, h0, method).h, loop(f, x, h0)
    for pick in [(0, -1, 1), (0, 1, 1), (0, 0, 0)]:
        for got, want in zip(
            torch.autograd.grad(found[pick], [x, h0], retain_graph=True),
            torch.autograd.grad(expected[pick], [x, h0], retain_graph=True),
            strict=True,
        ):
            torch.testing.assert_close(got, want, rtol=1e-12, atol=0, equal_nan=True)


def test_a_gradient_that_only_a_product_of_matrices_overflows_is_that_of_the_loop() -> None:
    """0 times 1e200 is done twice in a row by the tree: its 0 times infinity is no number."""
    scale = torch.tensor([1e200, 0.5], dtype=torch.float64)

    def f(h: Tensor, x: Tensor) -> Tensor:
        return scale * h + x[:2]

    x, h0 = torch.zeros(1, 8, 2, dtype=torch.float64), torch.tensor([[0.0, 1.0]], dtype=torch.float64)
    h0.requires_grad_()
    (found,) = torch.autograd.grad(solve(f, x, h0).h[0, -1, 1], h0)
    torch.testing.assert_close(found, torch.tensor([[0.0, 0.5**8]], dtype=torch.float64))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_what_has_no_solution_is_reported(method: str, value: float) -> None:
    def f(h: Tensor, x: Tensor) -> Tensor:
        return torch.tanh(2 * h.roll(1) - h) + x[:1]

    x, h0 = (z.detach().clone() for z in inputs(2, 12))
    x[1, 7] = value
    found = solve(f, x, h0, method)
    assert not found.converged and not found.exact_gradient
    assert found.iterations == 12 and found.repaired > 0 and found.residuals[-1] == math.inf
    expected = loop(f, x[:, :7], h0)
    torch.testing.assert_close(found.h[:, :7], expected, rtol=0, atol=1e-12)


@pytest.mark.parametrize("method", METHODS)
def test_a_batch_is_its_samples(method: str) -> None:
    f, _ = tanh_rnn(4, 2.0)
    x, h0 = inputs(3, 30)
    together = solve(f, x, h0, method, max_iterations=3, tolerance=0.0)
    for i in range(3):
        alone = solve(f, x[i : i + 1], h0[i : i + 1], method, max_iterations=3, tolerance=0.0)
        torch.testing.assert_close(together.h[i], alone.h[0], rtol=0, atol=1e-12)


def test_no_samples() -> None:
    found = solve(tanh_rnn(4, 1.2)[0], torch.zeros(0, 5, 3), torch.zeros(0, 4))
    assert found.converged and found.h.shape == (0, 5, 4)


def graph_size(h: Tensor) -> int:
    """How many operations a gradient passes through."""
    seen, found = set(), [h.grad_fn]
    while found:
        node = found.pop()
        if node is not None and node not in seen:
            seen.add(node)
            found += [n for n, _ in node.next_functions]
    return len(seen)


@pytest.mark.parametrize("method", METHODS)
def test_the_gradient_passes_through_no_iteration(method: str) -> None:
    f, _ = tanh_rnn(4, 1.2)
    x, h0 = inputs(2, 50)
    one, four = (graph_size(solve(f, x, h0, method, max_iterations=i).h) for i in (1, 4))
    assert one == four < 30


@pytest.mark.parametrize("method", METHODS)
def test_without_gradients_there_is_no_graph_and_no_work_for_it(method: str) -> None:
    f, _ = tanh_rnn(4, 1.2)
    calls = []
    x, h0 = inputs(2, 10)
    with torch.no_grad():
        found = solve(lambda h, x: f(h, x) if calls.append(0) is None else h, x, h0, method)
    assert not found.h.requires_grad and found.exact_gradient
    assert len(calls) == found.iterations + 2
    assert not solve(lambda h, x: 0.5 * h + x[:1], x.detach(), h0.detach(), method).h.requires_grad


def test_inputs_stay_as_they_were() -> None:
    f, _ = tanh_rnn(4, 1.2)
    x, h0 = inputs(2, 10)
    before = x.clone(), h0.clone()
    for method in METHODS:
        solve(f, x, h0, method).h.sum().backward()
    assert torch.equal(x, before[0]) and torch.equal(h0, before[1])


X, H = torch.zeros(2, 5, 3), torch.zeros(2, 4)


@pytest.mark.parametrize(
    "call, words",
    [
        (lambda f: solve(f, X[0], H), ["(5, 3)", "(2, 4)", "(batch, time, d_in)"]),
        (lambda f: solve(f, X, H[0]), ["(2, 5, 3)", "(4,)", "(batch, d)"]),
        (lambda f: solve(f, X[:1], H), ["(1, 5, 3)", "(2, 4)"]),
        (lambda f: solve(f, X.double(), H), ["float64", "float32"]),
        (lambda f: solve(f, X.bfloat16(), H.bfloat16()), ["bfloat16", "float32"]),
        (lambda f: solve(f, X, H, "newton"), ["newton", "quasi-elk"]),
        (lambda f: solve(f, X, H, "elk", damping=1.5), ["damping", "1.5", "0 to 1"]),
        (lambda f: solve(f, X, H, "elk", damping=math.nan), ["damping", "nan", "0 to 1"]),
        (lambda f: solve(f, X, H, max_iterations=0), ["max_iterations", "0", "1"]),
        (lambda f: solve(lambda h, x: x, X, H), ["f gives (3,)", "(4,)"]),
        (lambda f: solve(lambda h, x: h.double(), X, H), ["f gives (4,) torch.float64", "torch.float32"]),
    ],
)
def test_a_misfit_is_named(call: Callable[[Step], object], words: list[str]) -> None:
    with pytest.raises(ValueError) as error:
        call(tanh_rnn(4, 1.2, torch.float32)[0])
    message = str(error.value)
    assert all(word in message for word in words) and "\n" not in message
