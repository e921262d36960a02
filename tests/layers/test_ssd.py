"""SSD: three forms of one map against loops over single steps, its matrix, and closed forms."""

import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from minirnn.layers.ssd import (
    CHUNK,
    SSD,
    SSDHeads,
    segment_sums,
    ssd_chunked,
    ssd_quadratic,
    ssd_recurrent,
)

Form = Callable[..., tuple[Tensor, Tensor]]
forms = pytest.mark.parametrize("form", [ssd_recurrent, ssd_quadratic, ssd_chunked])


def parts(time: int, dtype: torch.dtype = torch.float64, heads: int = 3) -> tuple[Tensor, ...]:
    """x, log_a, B, C and h, all sizes different; decays between 0.2 and 1."""
    generator = torch.Generator().manual_seed(time)
    shapes = [(2, time, heads, 4), (2, time, heads), (2, time, 5), (2, time, 5), (2, heads, 4, 5)]
    x, log_a, B, C, h = (torch.randn(s, generator=generator, dtype=torch.float64) for s in shapes)
    return tuple(z.to(dtype) for z in (x, -1.6 * torch.sigmoid(2 * log_a), B, C, h))


def by_steps(x: Tensor, log_a: Tensor, B: Tensor, C: Tensor, h: Tensor) -> tuple[np.ndarray, np.ndarray]:
    """The recurrence in float64, one head of one row at a time."""
    x_, log_a_, B_, C_, h_ = (z.detach().double().numpy() for z in (x, log_a, B, C, h))
    y, last = np.zeros(x_.shape), h_.copy()
    for row in range(x_.shape[0]):
        for head in range(x_.shape[2]):
            state = h_[row, head]
            for t in range(x_.shape[1]):
                state = np.exp(log_a_[row, t, head]) * state + np.outer(x_[row, t, head], B_[row, t])
                y[row, t, head] = state @ C_[row, t]
            last[row, head] = state
    return y, last


def assert_is(
    found: tuple[Tensor, Tensor], expected: tuple[np.ndarray, np.ndarray], tolerance: float
) -> None:
    for have, want in zip(found, expected, strict=True):
        np.testing.assert_allclose(have.detach().numpy(), want, rtol=tolerance, atol=tolerance)


@pytest.mark.parametrize("time", [1, 2, 7, 16, 33])
@pytest.mark.parametrize("chunk", [1, 2, 5, 8, 16, 64])
def test_chunks_of_any_length_equal_the_recurrence(time: int, chunk: int) -> None:
    inputs = parts(time)
    assert_is(ssd_chunked(*inputs, chunk=chunk), by_steps(*inputs), 1e-12)


@pytest.mark.parametrize("time", [1, 2, 7, 2 * CHUNK + 3])
@forms
def test_every_form_equals_the_recurrence(form: Form, time: int) -> None:
    inputs = parts(time)
    assert_is(form(*inputs), by_steps(*inputs), 1e-12)
    assert_is(form(*parts(time, torch.float32)), by_steps(*parts(time, torch.float32)), 1e-4)


@forms
def test_the_map_is_a_semiseparable_matrix(form: Form) -> None:
    """y = M x with M_ts = (C_t . B_s) a_{s+1} .. a_t, its products written out."""
    x, log_a, B, C, h = parts(9, heads=1)
    a = torch.exp(log_a[0, :, 0]).numpy()
    M = np.zeros((9, 9))
    for t in range(9):
        for s in range(t + 1):
            M[t, s] = float(C[0, t] @ B[0, s]) * math.prod(a[s + 1 : t + 1])
    y, _ = form(x, log_a, B, C, torch.zeros_like(h))
    np.testing.assert_allclose(y[0, :, 0].numpy(), M @ x[0, :, 0].numpy(), rtol=1e-12, atol=1e-12)


@forms
def test_without_decay_it_is_linear_attention(form: Form) -> None:
    x, log_a, B, C, h = parts(2 * CHUNK + 3)
    y, last = form(x, torch.zeros_like(log_a), B, C, torch.zeros_like(h))
    scores = (C @ B.mT).tril()
    torch.testing.assert_close(y, torch.einsum("bts,bshp->bthp", scores, x), rtol=1e-10, atol=1e-10)
    torch.testing.assert_close(last, torch.einsum("bshp,bsn->bhpn", x, B), rtol=1e-10, atol=1e-10)


def loss(form: Form, inputs: tuple[Tensor, ...]) -> Tensor:
    """An even weighing would hide permuted outputs."""
    y, h = form(*inputs)
    weights = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).view(y.shape)
    return (y * weights).sum() + h.square().sum()


@pytest.mark.parametrize(
    "form", [ssd_quadratic, lambda *z: ssd_chunked(*z, chunk=4)], ids=["quadratic", "chunked"]
)
def test_gradients_are_those_of_the_recurrence(form: Form) -> None:
    inputs = tuple(z.requires_grad_() for z in parts(11))
    found = torch.autograd.grad(loss(form, inputs), inputs)
    expected = torch.autograd.grad(loss(ssd_recurrent, inputs), inputs)
    torch.testing.assert_close(found, expected, rtol=1e-9, atol=1e-9)
    assert torch.autograd.gradcheck(form, inputs, fast_mode=True)


@pytest.mark.parametrize("form", [ssd_recurrent, ssd_quadratic, lambda *z: ssd_chunked(*z, chunk=4)])
def test_a_decay_of_zero_forgets_all(form: Form) -> None:
    """log a = -inf: values as from the loop, every gradient finite, and none to what was forgotten."""
    x, log_a, B, C, h = parts(11)
    for t in (0, 5, 8):
        log_a[0, t] = -math.inf
    inputs = tuple(z.requires_grad_() for z in (x, log_a, B, C, h))
    assert_is(form(*inputs), by_steps(*inputs), 1e-12)
    gradients = torch.autograd.grad(loss(form, inputs), inputs)
    assert all(g.isfinite().all() for g in gradients)
    assert gradients[4][0].abs().sum() == 0 and gradients[4][1].abs().min() > 0
    to_x, to_B = torch.autograd.grad(form(*inputs)[0][0, 8:].sum(), (inputs[0], inputs[2]))
    assert to_x[0, :8].abs().sum() == 0 and to_B[0, :8].abs().sum() == 0
    assert to_x[0, 8:].abs().min() > 0


@forms
def test_gradients_stay_finite_with_any_decay(form: Form) -> None:
    """From nothing forgotten to everything, step after step, in float32."""
    x, log_a, B, C, h = parts(2 * CHUNK, torch.float32)
    log_a = -torch.logspace(-30, 30, 2 * CHUNK)[torch.randperm(2 * CHUNK)].view(1, -1, 1).expand_as(log_a)
    inputs = tuple(z.clone().requires_grad_() for z in (x, log_a, B, C, h))
    assert all(g.isfinite().all() for g in torch.autograd.grad(loss(form, inputs), inputs))
    assert_is(form(*inputs), by_steps(*inputs), 1e-4)


def test_segment_sums_are_sums_of_segments() -> None:
    log_a = -torch.rand(2, 6, dtype=torch.float64)
    found = segment_sums(log_a)
    for t in range(6):
        for s in range(6):
            expected = log_a[:, s + 1 : t + 1].sum(-1) if s <= t else torch.full((2,), -math.inf)
            torch.testing.assert_close(found[:, t, s], expected, check_dtype=False)


def test_sums_far_out_keep_their_digits() -> None:
    """After 1e6 in all, float32 holds sums to 1/16: a difference of two is noise, a sum of few is exact."""
    log_a = torch.full((40,), -1e-3)
    log_a[0] = -1e6
    exact = -1e-3 * torch.arange(39, dtype=torch.float64)
    after_first = segment_sums(log_a)[1:, 1].double()
    torch.testing.assert_close(after_first, exact, rtol=1e-5, atol=1e-9)
    total = log_a.cumsum(0)
    assert (total[1:] - total[1]).double().sub(exact).abs().max() > 0.02
    # And so does the layer that is built on it.
    time = 40
    x, B, C, h = (
        torch.ones(1, time, 1, 1),
        torch.ones(1, time, 1),
        torch.ones(1, time, 1),
        torch.ones(1, 1, 1, 1),
    )
    inputs = (x, log_a.view(1, time, 1), B, C, h)
    for form in (ssd_quadratic, ssd_chunked):
        assert_is(form(*inputs), by_steps(*inputs), 1e-5)


def heads_by_the_paper(heads: SSDHeads, x: Tensor, B: Tensor, C: Tensor, dt: Tensor, h: Tensor) -> np.ndarray:
    """For one row: x (time, d_inner), B and C (time, d_state), dt (time, n_heads), h (heads, dim, state)."""
    A, bias, D = (
        -np.exp(heads.A_log.detach().numpy()),
        heads.dt_bias.detach().numpy(),
        heads.D.detach().numpy(),
    )
    state, outputs = h.numpy().copy(), []
    for x_t, B_t, C_t, dt_t in zip(*(z.detach().numpy() for z in (x, B, C, dt)), strict=True):
        delta = np.log1p(np.exp(dt_t + bias))
        y_t = []
        for k, x_head in enumerate(x_t.reshape(heads.state_shapes[0][:2])):
            state[k] = np.exp(delta[k] * A[k]) * state[k] + delta[k] * np.outer(x_head, B_t)
            y_t.append(state[k] @ C_t + D[k] * x_head)
        outputs.append(np.concatenate(y_t))
    return np.stack(outputs)


@pytest.mark.parametrize("time", [1, 2, 9, CHUNK + 3])
def test_the_layer_equals_the_equations(time: int) -> None:
    torch.manual_seed(0)
    layer = SSD(6, d_state=5, head_dim=2).double()
    torch.nn.init.normal_(layer.heads.D)
    x = torch.randn(2, time, 6, dtype=torch.float64)
    h0 = torch.randn(2, 3, 2, 5, dtype=torch.float64)
    y, _ = layer(x, (h0,))
    B, C, dt = np.split(x.numpy() @ layer.into.weight.detach().numpy().T, [5, 10], -1)
    for row in range(2):
        made = (torch.from_numpy(z[row]) for z in (B, C, dt))
        expected = heads_by_the_paper(layer.heads, x[row], *made, h0[row])
        np.testing.assert_allclose(y[row].detach().numpy(), expected, rtol=1e-11, atol=1e-11)


def test_initial_values() -> None:
    torch.manual_seed(0)
    heads = SSDHeads(20_000, 1, 1)
    A, delta = heads.A_log.exp().detach(), torch.nn.functional.softplus(heads.dt_bias.detach())
    q = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0])
    # A quantile of 20,000 numbers is known to 1/283 of their spread, at one standard error.
    torch.testing.assert_close(torch.quantile(A, q), 1 + 15 * q, rtol=0, atol=15 * 4 / 283)
    torch.testing.assert_close(torch.quantile(delta.log10(), q), 2 * q - 3, rtol=0, atol=2 * 4 / 283)
    assert torch.equal(heads.D, torch.ones(20_000))


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = SSD(4, 3, 2).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_the_state_stays_float32_under_autocast() -> None:
    layer = SSD(4, 3, 2)
    with torch.autocast("cpu", torch.bfloat16):
        for time in (1, 2, 100):
            assert layer(torch.randn(2, time, 4))[1][0].dtype == torch.float32


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"head_dim is 4.*d_inner = 6"):
        SSD(6, head_dim=4)
    with pytest.raises(ValueError, match=r"\(2, 3, 2, 4\).*\(2, 3, 2, 5\)"):
        SSD(6, 5, 2)(torch.randn(2, 4, 6), (torch.zeros(2, 3, 2, 4),))
