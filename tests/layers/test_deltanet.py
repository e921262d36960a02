"""The gated delta rule against its matrix form in a loop, and what its transitions must be in closed form."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from minirnn.layers.deltanet import CHUNK, DeltaNet, delta_chunked, delta_recurrent, unit

Form = Callable[..., tuple[Tensor, Tensor]]
forms = pytest.mark.parametrize("form", [delta_recurrent, delta_chunked])


def parts(time: int, dtype: torch.dtype = torch.float64, beta_max: float = 2.0) -> tuple[Tensor, ...]:
    """q, k of length 1, v, g, beta and S, all sizes different."""
    generator = torch.Generator().manual_seed(time)
    shapes = [(2, 3, time, 4), (2, 3, time, 4), (2, 3, time, 5), (2, 3, time), (2, 3, time), (2, 3, 4, 5)]
    q, k, v, g, beta, S = (torch.randn(s, generator=generator, dtype=torch.float64) for s in shapes)
    k = k / k.norm(dim=-1, keepdim=True)
    made = (q, k, v, -0.5 * torch.sigmoid(2 * g), beta_max * torch.sigmoid(2 * beta), S)
    return tuple(z.to(dtype) for z in made)


def by_steps(
    q: Tensor, k: Tensor, v: Tensor, g: Tensor, beta: Tensor, S: Tensor
) -> tuple[np.ndarray, np.ndarray]:
    """S_t = exp(g_t) (I - beta_t k_t k_t^T) S_{t-1} + beta_t k_t v_t^T in float64, one head at a time."""
    q_, k_, v_, g_, beta_, S_ = (z.detach().double().numpy() for z in (q, k, v, g, beta, S))
    y, last = np.zeros(v_.shape), S_.copy()
    for row in np.ndindex(*S_.shape[:2]):
        for t in range(q_.shape[2]):
            k_t, beta_t = k_[row][t], beta_[row][t]
            transition = np.exp(g_[row][t]) * (np.eye(len(k_t)) - beta_t * np.outer(k_t, k_t))
            last[row] = transition @ last[row] + beta_t * np.outer(k_t, v_[row][t])
            y[row][t] = last[row].T @ q_[row][t]
    return y, last


def assert_is(
    found: tuple[Tensor, Tensor], expected: tuple[np.ndarray, np.ndarray], tolerance: float
) -> None:
    for have, want in zip(found, expected, strict=True):
        np.testing.assert_allclose(have.detach().numpy(), want, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("time", [1, 2, 7, 16, 33])
@pytest.mark.parametrize("chunk", [1, 2, 5, 8, 16, 64])
def test_chunks_of_any_length_equal_the_rule(time: int, chunk: int) -> None:
    inputs = parts(time)
    assert_is(delta_chunked(*inputs, chunk=chunk), by_steps(*inputs), 1e-11)


@pytest.mark.parametrize("time", [1, 2, 7, 2 * CHUNK + 3])
@forms
def test_both_forms_equal_the_rule(form: Form, time: int) -> None:
    inputs = parts(time)
    assert_is(form(*inputs), by_steps(*inputs), 1e-11)
    assert_is(form(*parts(time, torch.float32)), by_steps(*parts(time, torch.float32)), 1e-4)


def loss(form: Form, inputs: tuple[Tensor, ...]) -> Tensor:
    y, S = form(*inputs)
    weights = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).view(y.shape)
    return (y * weights).sum() + S.square().sum()


def test_gradients_are_those_of_the_rule() -> None:
    inputs = tuple(z.requires_grad_() for z in parts(11))
    found = torch.autograd.grad(loss(lambda *z: delta_chunked(*z, chunk=4), inputs), inputs)
    expected = torch.autograd.grad(loss(delta_recurrent, inputs), inputs)
    torch.testing.assert_close(found, expected, rtol=1e-9, atol=1e-9)
    assert torch.autograd.gradcheck(lambda *z: delta_chunked(*z, chunk=4), inputs, fast_mode=True)


@pytest.mark.parametrize("form", [delta_recurrent, lambda *z: delta_chunked(*z, chunk=4)])
def test_a_decay_of_zero_forgets_all(form: Form) -> None:
    q, k, v, g, beta, S = parts(11)
    for t in (0, 5, 8):
        g[0, :, t] = -math.inf
    inputs = tuple(z.requires_grad_() for z in (q, k, v, g, beta, S))
    assert_is(form(*inputs), by_steps(*inputs), 1e-11)
    gradients = torch.autograd.grad(loss(form, inputs), inputs)
    assert all(g.isfinite().all() for g in gradients)
    assert gradients[5][0].abs().sum() == 0 and gradients[5][1].abs().min() > 0
    found = torch.autograd.grad(form(*inputs)[0][0, :, 8:].sum(), inputs[:3])
    assert all(z[0, :, :8].abs().sum() == 0 for z in found)
    assert found[2][0, :, 8:].abs().min() > 0


def transition(beta: float, k: Tensor) -> np.ndarray:
    """What one step that writes nothing makes of S = I."""
    n = k.shape[-1]
    zero = torch.zeros(1, 1, 1, n, dtype=torch.float64)
    one = torch.ones(1, 1, 1, dtype=torch.float64)
    S = torch.eye(n, dtype=torch.float64).view(1, 1, n, n)
    return delta_chunked(zero, k.view(1, 1, 1, n), zero, 0 * one, beta * one, S)[1][0, 0].numpy()


@pytest.mark.parametrize("beta", [0.0, 0.3, 1.0, 1.5, 2.0])
def test_one_eigenvalue_is_one_minus_beta_and_the_rest_are_one(beta: float) -> None:
    k = torch.randn(5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    k = k / k.norm()
    T = transition(beta, k)
    np.testing.assert_allclose(T, T.T, atol=1e-15)
    np.testing.assert_allclose(np.linalg.eigvalsh(T), [1 - beta, 1, 1, 1, 1], atol=1e-14)
    np.testing.assert_allclose(T @ k.numpy(), (1 - beta) * k.numpy(), atol=1e-14)


def test_beta_2_is_a_mirror() -> None:
    k = torch.randn(5, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    T = transition(2.0, k / k.norm())
    np.testing.assert_allclose(T @ T, np.eye(5), atol=1e-14)
    assert np.linalg.det(T) == pytest.approx(-1)


@forms
def test_mirrors_count_parity(form: Form) -> None:
    """beta = 2 x_t makes the one state a_t = 1 - 2 x_t: exact at any length, also in float32."""
    x = torch.randint(2, (1, 1, 1000), generator=torch.Generator().manual_seed(0)).float()
    one, zero = torch.ones(1, 1, 1000, 1), torch.zeros(1, 1, 1000)
    y, _ = form(one, one, 0 * one, zero, 2 * x, torch.ones(1, 1, 1, 1))
    assert torch.equal(y[0, 0, :, 0], 1 - 2 * (x[0, 0].cumsum(0) % 2))


@forms
def test_mirrors_compose_permutations(form: Form) -> None:
    """The mirror along (e_i - e_j) / sqrt 2 swaps rows i and j; swaps in a row make any permutation."""
    time, n = 300, 5
    rng = np.random.default_rng(0)
    swaps = [rng.choice(n, 2, replace=False) for _ in range(time)]
    k = torch.zeros(1, 1, time, n, dtype=torch.float64)
    for t, (i, j) in enumerate(swaps):
        k[0, 0, t, i], k[0, 0, t, j] = math.sqrt(0.5), -math.sqrt(0.5)
    items = np.arange(n)
    expected = []
    for i, j in swaps:
        items[[i, j]] = items[[j, i]]
        expected.append(items.copy())
    q = torch.zeros_like(k)
    q[..., 2] = 1  # which item lies in place 2?
    flat = torch.zeros(1, 1, time, dtype=torch.float64)
    S = torch.arange(n, dtype=torch.float64).view(1, 1, n, 1)
    y, last = form(q, k, torch.zeros(1, 1, time, 1, dtype=torch.float64), flat, flat + 2, S)
    np.testing.assert_allclose(y[0, 0, :, 0].numpy(), np.stack(expected)[:, 2], atol=1e-10)
    np.testing.assert_allclose(last[0, 0, :, 0].numpy(), items, atol=1e-10)


@forms
def test_with_beta_1_the_memory_says_what_it_was_told_last(form: Form) -> None:
    """Keys at right angles: values under other keys stay, an old value under the same key is gone."""
    basis, _ = torch.linalg.qr(
        torch.randn(4, 4, generator=torch.Generator().manual_seed(0), dtype=torch.float64)
    )
    order = [0, 1, 2, 3, 1, 0, 1]
    k = basis[order].view(1, 1, -1, 4)
    v = torch.randn(1, 1, len(order), 3, dtype=torch.float64)
    flat = torch.zeros(1, 1, len(order), dtype=torch.float64)
    y, S = form(k, k, v, flat, flat + 1, torch.zeros(1, 1, 4, 3, dtype=torch.float64))
    torch.testing.assert_close(y, v)
    torch.testing.assert_close(basis @ S[0, 0], v[0, 0, [5, 6, 2, 3]])


def test_unit_vectors() -> None:
    x = torch.tensor([[3.0, -4.0], [3e3, 4e3], [0.0, 0.0]], dtype=torch.float64, requires_grad=True)
    y = unit(x)
    np.testing.assert_allclose(y.detach().numpy(), [[0.6, -0.8], [0.6, 0.8], [0, 0]], rtol=1e-6)
    y.sum().backward()
    assert x.grad is not None and x.grad.isfinite().all()


def layer_by_the_paper(layer: DeltaNet, x: np.ndarray, S: np.ndarray) -> np.ndarray:
    """For one row x (time, d_model) and its state S (n_heads, d_key, d_value)."""
    n, d, W = layer.n_heads, layer.d_model, layer.into.weight.detach().numpy()
    A, bias = np.exp(layer.A_log.detach().numpy()), layer.dt_bias.detach().numpy()
    outputs = []
    for x_t in x:
        q, k, v, b, dt = np.split(W @ x_t, [d, 2 * d, 3 * d, 3 * d + n])
        y = []
        for head in range(n):
            mine = slice(head * d // n, (head + 1) * d // n)
            q_h, k_h = (z[mine] / np.sqrt((z[mine] ** 2).sum() + 1e-6) for z in (q, k))
            beta = (2 if layer.negative else 1) / (1 + np.exp(-b[head]))
            decay = np.exp(-A[head] * np.log1p(np.exp(dt[head] + bias[head])))
            new = beta * (v[mine] - decay * S[head].T @ k_h)
            S[head] = decay * S[head] + np.outer(k_h, new)
            y.append(S[head].T @ q_h)
        outputs.append(layer.out.weight.detach().numpy() @ np.concatenate(y))
    return np.stack(outputs)


@pytest.mark.parametrize("negative", [False, True])
@pytest.mark.parametrize("time", [1, 2, 9, CHUNK + 3])
def test_the_layer_equals_the_equations(negative: bool, time: int) -> None:
    torch.manual_seed(0)
    layer = DeltaNet(6, n_heads=2, negative=negative).double()
    x = torch.randn(2, time, 6, dtype=torch.float64)
    S = torch.randn(2, 2, 3, 3, dtype=torch.float64)
    y, (after,) = layer(x, (S,))
    for row in range(2):
        state = S[row].numpy().copy()
        expected = layer_by_the_paper(layer, x[row].numpy(), state)
        np.testing.assert_allclose(y[row].detach().numpy(), expected, rtol=1e-10, atol=1e-10)
        np.testing.assert_allclose(after[row].detach().numpy(), state, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize(("negative", "low"), [(False, 0.0), (True, -1.0)])
def test_the_range_of_the_eigenvalues(negative: bool, low: float) -> None:
    """Read from the layer itself: with W_q = W_k and no decay, y for S = I is (1 - beta) times W_out q."""
    torch.manual_seed(0)
    layer = DeltaNet(4, n_heads=1, negative=negative).double()
    with torch.no_grad():
        W = layer.into.weight
        W[4:8] = W[:4]
        W[8:12] = 0
        W[12] *= 10
        W[13] = 0
        layer.dt_bias.fill_(-50)
        layer.out.weight.copy_(torch.eye(4))
    x = torch.randn(500, 1, 4, dtype=torch.float64)
    q = x[:, 0] @ W[:4].T
    y, _ = layer(x, (torch.eye(4, dtype=torch.float64).expand(500, 1, 4, 4),))
    eigenvalues = ((y[:, 0] * q).sum(-1) / (q * q).sum(-1).sqrt()).detach()
    assert low - 1e-5 <= eigenvalues.min() < low + 0.01
    assert 0.99 < eigenvalues.max() <= 1 + 1e-5


def test_initial_values() -> None:
    torch.manual_seed(0)
    layer = DeltaNet(1000, n_heads=1000)
    A, delta = layer.A_log.exp().detach(), torch.nn.functional.softplus(layer.dt_bias.detach())
    q = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0])
    # A quantile of 1,000 numbers is known to 1/63 of their spread, at one standard error.
    torch.testing.assert_close(torch.quantile(A, q), 16 * q, rtol=0, atol=16 * 4 / 63)
    torch.testing.assert_close(torch.quantile(delta.log10(), q), 2 * q - 3, rtol=0, atol=2 * 4 / 63)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = DeltaNet(4, 2).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (S,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype
    assert S.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (S,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and S.dtype == wide


def test_the_state_stays_float32_under_autocast() -> None:
    layer = DeltaNet(4, 2)
    with torch.autocast("cpu", torch.bfloat16):
        for time in (1, 2, 100):
            assert layer(torch.randn(2, time, 4))[1][0].dtype == torch.float32


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"n_heads is 4.*d_model = 6"):
        DeltaNet(6, 4)
    with pytest.raises(ValueError, match=r"\(2, 2, 3, 2\).*\(2, 2, 3, 3\)"):
        DeltaNet(6, 2)(torch.randn(2, 4, 6), (torch.zeros(2, 2, 3, 2),))
