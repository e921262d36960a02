"""The vanilla network: in numpy against finite differences, as a layer against torch.nn.RNN."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from minirnn.layers.rnn import INITS, RNN, Gradients, backward, forward, initial_weight

Array = NDArray[np.float64]
D_IN, D_HIDDEN, TIME = 3, 4, 7


def arguments(seed: int = 0) -> dict[str, Array]:
    random = np.random.default_rng(seed)
    shapes = {
        "x": (TIME, D_IN),
        "W": (D_HIDDEN, D_HIDDEN),
        "U": (D_HIDDEN, D_IN),
        "b": (D_HIDDEN,),
        "h0": (D_HIDDEN,),
    }
    return {name: random.standard_normal(shape) for name, shape in shapes.items()}


def hand_gradients(given: dict[str, Array], grad_h: Array) -> Gradients:
    h = forward(**given)
    return backward(grad_h, h, given["x"], given["W"], given["U"], given["h0"])


def test_forward_on_numbers_done_by_hand() -> None:
    one = np.ones((1, 1))
    h = forward(np.array([[0.5], [-1.0]]), 2 * one, 3 * one, np.array([0.25]), np.array([0.1]))
    first = math.tanh(0.2 + 1.5 + 0.25)
    np.testing.assert_allclose(h[:, 0], [first, math.tanh(2 * first - 3 + 0.25)], rtol=1e-14)


@pytest.mark.parametrize("name", ["x", "W", "U", "b", "h0"])
def test_backward_equals_finite_differences(name: str) -> None:
    given = arguments()
    grad_h = np.random.default_rng(1).standard_normal((TIME, D_HIDDEN))
    found = getattr(hand_gradients(given, grad_h), name)
    assert found.shape == given[name].shape
    for index in np.ndindex(given[name].shape):
        losses = []
        for change in (1e-5, -1e-5):
            moved = given[name].copy()
            moved[index] += change
            losses.append((grad_h * forward(**{**given, name: moved})).sum())
        assert found[index] == pytest.approx((losses[0] - losses[1]) / 2e-5, rel=1e-6, abs=1e-8)


def test_forward_and_backward_equal_torch() -> None:
    given = arguments()
    grad_h = np.random.default_rng(1).standard_normal((TIME, D_HIDDEN))
    theirs = nn.RNN(D_IN, D_HIDDEN, dtype=torch.float64)
    weights = {"weight_hh_l0": "W", "weight_ih_l0": "U", "bias_ih_l0": "b"}
    state = {name: torch.from_numpy(given[key]) for name, key in weights.items()}
    theirs.load_state_dict({**state, "bias_hh_l0": torch.zeros(D_HIDDEN, dtype=torch.float64)})
    x, h0 = (torch.from_numpy(given[key]).requires_grad_() for key in ("x", "h0"))
    y, _ = theirs(x, h0[None])
    np.testing.assert_allclose(forward(**given), y.detach().numpy(), rtol=1e-13, atol=1e-13)
    named = dict(theirs.named_parameters())
    wanted = [x, named["weight_hh_l0"], named["weight_ih_l0"], named["bias_ih_l0"], h0]
    expected = torch.autograd.grad((y * torch.from_numpy(grad_h)).sum(), wanted)
    for found, want in zip(hand_gradients(given, grad_h), expected, strict=True):
        np.testing.assert_allclose(found, want.numpy(), rtol=1e-12, atol=1e-13)


@pytest.mark.parametrize("radius", [0.9, 1.0, 1.1])
def test_the_gradient_shrinks_and_grows_as_the_radius_says(radius: float) -> None:
    """Around h = 0 the slope is 1 and only W is left: over T steps the gradient is multiplied by radius^T."""
    torch.manual_seed(0)
    W = initial_weight(D_HIDDEN, "orthogonal", radius).double().numpy()
    steps, zeros = 50, np.zeros(D_HIDDEN)
    x, U = np.zeros((steps, D_IN)), np.zeros((D_HIDDEN, D_IN))
    grad_h = np.zeros((steps, D_HIDDEN))
    grad_h[-1] = [3, 0, 4, 0]
    found = backward(grad_h, forward(x, W, U, zeros, zeros), x, W, U, zeros)
    assert float(np.linalg.norm(found.h0)) == pytest.approx(5 * radius**steps, rel=1e-4)


def test_the_numpy_functions_keep_the_dtype_and_take_no_steps_at_all() -> None:
    given = {name: value.astype(np.float32) for name, value in arguments().items()}
    h = forward(**given)
    assert h.dtype == np.float32
    found = backward(np.ones_like(h), h, given["x"], given["W"], given["U"], given["h0"])
    assert all(g.dtype == np.float32 for g in found)
    given["x"] = given["x"][:0]
    nothing = hand_gradients(given, np.zeros((0, D_HIDDEN), np.float32))
    assert nothing.x.shape == (0, D_IN) and not nothing.W.any() and not nothing.h0.any()


def results(layer: nn.Module, x: Tensor, y: Tensor, last: Tensor, names: list[str]) -> list[Tensor]:
    """y, the last state, and the gradients of an uneven loss of both."""
    loss = (y * torch.linspace(-1, 2, y.numel(), dtype=y.dtype).view(y.shape)).sum() + last.square().sum()
    named = dict(layer.named_parameters())
    return [y, last, *torch.autograd.grad(loss, [x, *(named[n] for n in names)])]


def copied(theirs: nn.Module, ours: RNN, suffix: str) -> None:
    theirs.load_state_dict(
        {
            f"weight_ih{suffix}": ours.U.detach(),
            f"weight_hh{suffix}": ours.W.detach(),
            f"bias_ih{suffix}": ours.b.detach(),
            f"bias_hh{suffix}": torch.zeros_like(ours.b),
        }
    )


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_layer_equals_torch(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    ours, theirs = RNN(5, 7).to(dtype), nn.RNN(5, 7, batch_first=True, dtype=dtype)
    copied(theirs, ours, "_l0")
    x = torch.randn(3, 11, 5, dtype=dtype, requires_grad=True)
    h0 = torch.randn(3, 7, dtype=dtype)
    y, (last,) = ours(x, (h0,))
    y_theirs, last_theirs = theirs(x, h0[None])
    found = results(ours, x, y, last, ["U", "W", "b"])
    expected = results(theirs, x, y_theirs, last_theirs[0], ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0"])
    tolerance = 1e-6 if dtype == torch.float32 else 1e-12
    for f, want in zip(found, expected, strict=True):
        size = max(1.0, float(want.detach().abs().max()))
        torch.testing.assert_close(f, want, rtol=tolerance, atol=tolerance * size)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_step_equals_torchs_cell(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    ours, cell = RNN(5, 7).to(dtype), nn.RNNCell(5, 7, dtype=dtype)
    copied(cell, ours, "")
    x, h = torch.randn(3, 5, dtype=dtype), torch.randn(3, 7, dtype=dtype)
    y, state = ours.step(x, (h,))
    tolerance = 1e-6 if dtype == torch.float32 else 1e-12
    torch.testing.assert_close(y, cell(x, h), rtol=tolerance, atol=tolerance)
    assert torch.equal(y, state[0])


def test_the_layer_equals_the_numpy_loop_with_resets() -> None:
    torch.manual_seed(0)
    layer = RNN(D_IN, D_HIDDEN).double()
    W, U, b = (p.detach().numpy() for p in (layer.W, layer.U, layer.b))
    x = torch.randn(2, 9, D_IN, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, _ = layer(x, reset=reset)
    nothing = np.zeros(D_HIDDEN)
    whole = forward(x[0].numpy(), W, U, b, nothing)
    parts = [forward(part.numpy(), W, U, b, nothing) for part in (x[1, :4], x[1, 4:])]
    np.testing.assert_allclose(
        y.detach().numpy(), np.stack([whole, np.concatenate(parts)]), rtol=1e-12, atol=1e-13
    )


@pytest.mark.parametrize("radius", [1.0, 0.5])
def test_an_orthogonal_start(radius: float) -> None:
    torch.manual_seed(0)
    W = initial_weight(50, "orthogonal", radius).double()
    torch.testing.assert_close(W @ W.T, radius**2 * torch.eye(50, dtype=torch.float64), rtol=0, atol=1e-5)
    assert float(torch.linalg.eigvals(W).abs().max()) == pytest.approx(radius, rel=1e-5)
    # No orthogonal matrix is likelier than another: an entry has mean 0 and mean square 1/3, in any place.
    sample = torch.stack([initial_weight(3, "orthogonal") for _ in range(1500)])
    assert sample.mean(0).abs().max() < 4 / math.sqrt(3 * 1500)
    assert (sample.square().mean(0) - 1 / 3).abs().max() < 0.04
    assert 0.4 < float((torch.linalg.det(sample) > 0).double().mean()) < 0.6


@pytest.mark.parametrize("radius", [1.0, 0.5])
def test_a_gaussian_start(radius: float) -> None:
    torch.manual_seed(0)
    W = initial_weight(400, "gaussian", radius)
    assert float(W.std()) == pytest.approx(radius / 20, rel=0.02)
    size = torch.linalg.eigvals(W).abs()
    assert float(size.max()) == pytest.approx(radius, rel=0.1)
    assert float((size < radius / 2).double().mean()) == pytest.approx(0.25, abs=0.04)  # the circular law
    assert not torch.allclose(W @ W.T, radius**2 * torch.eye(400), atol=0.01)


@pytest.mark.parametrize("radius", [1.0, 0.95])
def test_a_scaled_start_has_exactly_the_radius(radius: float) -> None:
    torch.manual_seed(0)
    for size in (1, 5, 60):
        W = initial_weight(size, "scaled", radius)
        assert float(torch.linalg.eigvals(W).abs().max()) == pytest.approx(radius, rel=1e-4)
    assert torch.linalg.svdvals(W).max() > 1.5 * radius  # and it is not orthogonal


@pytest.mark.parametrize("init", INITS)
def test_the_layer_starts_with_that_weight(init: str) -> None:
    torch.manual_seed(0)
    W = RNN(64, 16, init, radius=0.7).W
    torch.manual_seed(0)
    assert torch.equal(W, initial_weight(16, init, 0.7))
    layer = RNN(64, 16)
    for p in (layer.U, layer.b):
        assert 0.2 < p.abs().max() <= 0.25
    torch.testing.assert_close(layer.W @ layer.W.T, torch.eye(16), rtol=0, atol=1e-5)


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"'glorot'.*orthogonal, gaussian, scaled"):
        RNN(2, 2, "glorot")
