"""S6 against its equations over single numbers, and what a step must do at its limits."""

import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from torch import Tensor

from minirnn.layers.s6 import S6
from minirnn.layers.shared.discretize import inverse_softplus, log_uniform


def by_the_paper(layer: S6, x: np.ndarray, h: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For one row x (time, d_inner) and its state h (d_state, d_inner), number by number."""
    W, W_dt = layer.x_proj.weight.detach().numpy(), layer.dt_proj.weight.detach().numpy()
    bias, D = layer.dt_proj.bias.detach().numpy(), layer.D.detach().numpy()
    A = -np.exp(layer.A_log.detach().numpy())
    h, outputs = h.copy(), []
    for x_t in x:
        low, B, C = np.split(W @ x_t, [layer.dt_rank, layer.dt_rank + layer.d_state])
        delta = np.log1p(np.exp(W_dt @ low + bias))
        y = D * x_t
        for i in range(layer.d_in):
            for n in range(layer.d_state):
                # Zero-order hold for A, Euler for B.
                h[n, i] = math.exp(delta[i] * A[n, i]) * h[n, i] + delta[i] * B[n] * x_t[i]
                y[i] += C[n] * h[n, i]
        outputs.append(y)
    return np.stack(outputs), h


def random_layer(dt_rank: int = 2) -> S6:
    """In float64, with nothing at a value that could hide a term."""
    torch.manual_seed(0)
    layer = S6(5, d_state=3, dt_rank=dt_rank).double()
    with torch.no_grad():
        layer.A_log.add_(0.3 * torch.randn(3, 5))
        layer.D.add_(torch.randn(5))
        layer.dt_proj.bias.add_(3)
    return layer


# Shorter and longer than what is worked on at once.
@pytest.mark.parametrize("time", [1, 2, 9, 150])
def test_equals_the_equations(time: int) -> None:
    layer = random_layer()
    x = torch.randn(2, time, 5, dtype=torch.float64)
    h0 = torch.randn(2, 3, 5, dtype=torch.float64)
    y, (h,) = layer(x, (h0,))
    for row in range(2):
        expected, last = by_the_paper(layer, x[row].numpy(), h0[row].numpy())
        np.testing.assert_allclose(y[row].detach().numpy(), expected, rtol=1e-11, atol=1e-11)
        np.testing.assert_allclose(h[row].detach().numpy(), last, rtol=1e-11, atol=1e-11)


def test_a_reset_begins_anew() -> None:
    layer = random_layer()
    x = torch.randn(1, 150, 5, dtype=torch.float64)
    reset = torch.zeros(1, 150, dtype=torch.bool)
    reset[0, [4, 64, 100]] = True
    y, (h,) = layer(x, (torch.ones(1, 3, 5, dtype=torch.float64),), reset=reset)
    start, expected = np.ones((3, 5)), []
    for part in np.split(x[0].numpy(), [4, 64, 100]):
        out, last = by_the_paper(layer, part, start)
        expected.append(out)
        start = np.zeros((3, 5))
    np.testing.assert_allclose(y[0].detach().numpy(), np.concatenate(expected), rtol=1e-11, atol=1e-11)
    np.testing.assert_allclose(h[0].detach().numpy(), last, rtol=1e-11, atol=1e-11)


def plain(layer: S6, x: Tensor, h: Tensor, reset: Tensor) -> tuple[Tensor, Tensor]:
    """The equations as a loop over time that autograd tapes."""
    low, B, C = layer.x_proj(x).split([layer.dt_rank, layer.d_state, layer.d_state], -1)
    delta = F.softplus(layer.dt_proj(low))
    ys = []
    for t in range(x.shape[1]):
        h = torch.where(reset[:, t, None, None], 0, h)
        h = torch.exp(delta[:, t, None] * -torch.exp(layer.A_log)) * h
        h = h + (delta[:, t] * x[:, t])[:, None] * B[:, t, :, None]
        ys.append((h * C[:, t, :, None]).sum(1) + layer.D * x[:, t])
    return torch.stack(ys, 1), h


@pytest.mark.parametrize("time", [1, 7, 150])
def test_gradients_are_those_of_the_loop(time: int) -> None:
    layer = random_layer()
    x = torch.randn(2, time, 5, dtype=torch.float64, requires_grad=True)
    h0 = torch.randn(2, 3, 5, dtype=torch.float64, requires_grad=True)
    reset = torch.rand(2, time) < 0.05
    wanted = [x, h0, *layer.parameters()]
    y_weights, h_weights = torch.randn(2, time, 5).double(), torch.randn(2, 3, 5).double()
    y, (h,) = layer(x, (h0,), reset=reset)
    found = torch.autograd.grad((y * y_weights).sum() + (h * h_weights).sum(), wanted)
    y, h = plain(layer, x, h0, reset)
    expected = torch.autograd.grad((y * y_weights).sum() + (h * h_weights).sum(), wanted)
    torch.testing.assert_close(found, expected, rtol=1e-9, atol=1e-9)


def test_a_step_that_takes_no_time_changes_nothing() -> None:
    layer = random_layer()
    with torch.no_grad():
        layer.dt_proj.bias.fill_(-60)
    x, h0 = torch.randn(1, 5, 5, dtype=torch.float64), torch.randn(1, 3, 5, dtype=torch.float64)
    y, (h,) = layer(x, (h0,))
    torch.testing.assert_close(h, h0)
    C = layer.x_proj(x)[..., -3:]
    torch.testing.assert_close(y, torch.einsum("btn,bni->bti", C, h0) + layer.D * x)


def test_a_long_step_forgets_the_past_and_takes_the_input_in() -> None:
    layer = random_layer()
    with torch.no_grad():
        layer.dt_proj.bias.fill_(300)
    x = torch.randn(1, 5, 5, dtype=torch.float64)
    _, (h,) = layer(x, (1e3 * torch.ones(1, 3, 5, dtype=torch.float64),))
    low, B, _ = layer.x_proj(x[:, -1]).split([2, 3, 3], -1)
    delta = layer.dt_proj(low)  # softplus is the identity out there
    torch.testing.assert_close(h, (delta * x[:, -1])[:, None] * B[..., None])


def test_training_keeps_two_tensors_of_the_size_of_all_states() -> None:
    """The decays and the states themselves, in tensors of (batch, time, d_state * d_inner)."""
    layer, kept = S6(64, d_state=16), {}

    def pack(z: Tensor) -> Tensor:
        kept[z.untyped_storage().data_ptr()] = z.untyped_storage().nbytes()
        return z

    with torch.autograd.graph.saved_tensors_hooks(pack, lambda z: z):
        layer(torch.randn(2, 256, 64, requires_grad=True))
    size = 2 * 256 * 64 * 16 * 4
    assert sum(n >= size for n in kept.values()) == 2
    assert sum(kept.values()) < 2.5 * size


def test_initial_values() -> None:
    torch.manual_seed(0)
    layer = S6(20_000, d_state=4, dt_rank=9)
    assert torch.equal(layer.D, torch.ones(20_000))
    torch.testing.assert_close(
        -layer.A_log.exp(), -torch.tensor([1.0, 2, 3, 4]).unsqueeze(1).expand(4, 20_000)
    )
    assert 0.333 < layer.dt_proj.weight.abs().max() <= 1 / 3
    assert abs(float(layer.dt_proj.weight.detach().mean())) < 0.002
    # A quantile of 20,000 numbers is known to 1/283 of their spread, at one standard error.
    delta, q = F.softplus(layer.dt_proj.bias.detach()), torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0])
    torch.testing.assert_close(torch.quantile(delta.log10(), q), 2 * q - 3, rtol=0, atol=2 * 4 / 283)
    assert S6(33).dt_rank == 3  # a sixteenth, rounded up
    assert S6(32).dt_rank == 2


def test_log_uniform_and_inverse_softplus() -> None:
    y = torch.tensor([1e-6, 1e-3, 0.1, 1.0, 30.0], dtype=torch.float64)
    torch.testing.assert_close(inverse_softplus(y), torch.log(torch.expm1(y)), rtol=1e-9, atol=0)
    torch.testing.assert_close(
        F.softplus(inverse_softplus(torch.tensor([1e-3, 0.1]))), torch.tensor([1e-3, 0.1])
    )
    torch.manual_seed(0)
    u = log_uniform(20_000, 1e-2, 1e2)
    assert u.min() >= 1e-2 * 0.9999 and u.max() <= 1e2 * 1.0001
    assert abs(float((u < 1).float().mean()) - 0.5) < 4 * 0.5 / 141


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = S6(4, 3).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide
