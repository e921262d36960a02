"""RG-LRU against the equations of the paper, written out as a float64 loop over single numbers."""

import math

import numpy as np
import pytest
import torch
from torch import Tensor

from minirnn.layers.cglru import CGLRU
from minirnn.layers.rglru import RGLRU, initial_lambda
from minirnn.layers.shared.by_hand import RGLRUGradient


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def by_the_paper(layer: RGLRU, x: np.ndarray, h: np.ndarray | None) -> np.ndarray:
    """Equations 1 to 4 for one row x (time, d); h None: a document begins."""
    n, width = layer.n_blocks, layer.d_rnn // layer.n_blocks
    weight, bias = layer.gate_weight.detach().numpy(), layer.gate_bias.detach().numpy()
    w_a, w_x = np.zeros((2, layer.d_rnn, layer.d_rnn))
    for k in range(n):
        block = slice(k * width, (k + 1) * width)
        w_a[block, block], w_x[block, block] = weight[k, :, :width].T, weight[k, :, width:].T
    b_a, b_x = bias[:, 0, :width].reshape(-1), bias[:, 0, width:].reshape(-1)
    a = sigmoid(layer.Lambda.detach().numpy())
    hs = []
    for x_t in x:
        r, i = sigmoid(w_a @ x_t + b_a), sigmoid(w_x @ x_t + b_x)
        a_t = np.zeros_like(a) if h is None else a ** (layer.c * r)
        h = a_t * (0 if h is None else h) + np.sqrt(1 - a_t**2) * (i * x_t)
        hs.append(h)
    return np.stack(hs)


@pytest.mark.parametrize("n_blocks", [1, 2, 3])
@pytest.mark.parametrize("init", ["paper", "code"])
def test_equals_the_equations(n_blocks: int, init: str) -> None:
    torch.manual_seed(0)
    layer = RGLRU(6, n_blocks, c=8.0, init=init).double()
    torch.nn.init.normal_(layer.gate_bias)
    x = torch.randn(2, 9, 6, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h, fresh) = layer(x, reset=reset)
    first = by_the_paper(layer, x[0].numpy(), None)
    second = np.concatenate([by_the_paper(layer, part.numpy(), None) for part in (x[1, :4], x[1, 4:])])
    np.testing.assert_allclose(y.detach().numpy(), np.stack([first, second]), rtol=1e-12, atol=1e-12)
    assert torch.equal(h, y[:, -1])
    assert not fresh.any()
    # From a given state that is not fresh, nothing is special about the first step.
    h0 = torch.randn(2, 6, dtype=torch.float64)
    y, _ = layer(x, (h0, torch.tensor([False, True])))
    expected = [by_the_paper(layer, x[0].numpy(), h0[0].numpy()), by_the_paper(layer, x[1].numpy(), None)]
    np.testing.assert_allclose(y.detach().numpy(), np.stack(expected), rtol=1e-12, atol=1e-12)


def test_the_input_enters_whole_where_a_document_begins() -> None:
    layer = RGLRU(3).double()
    x = torch.randn(1, 1, 3, dtype=torch.float64)
    i = sigmoid((x[0, 0] @ layer.gate_weight[0, :, 3:]).detach().numpy())
    np.testing.assert_allclose(layer(x)[0][0, 0].detach().numpy(), i * x[0, 0].numpy(), rtol=1e-12)


def test_a_larger_lambda_remembers_longer() -> None:
    layer = RGLRU(2).double()
    with torch.no_grad():
        layer.gate_weight.zero_()
        layer.Lambda.copy_(torch.tensor([1.0, 5.0]))
    x = torch.zeros(1, 10, 2, dtype=torch.float64)
    y, _ = layer(x, (torch.ones(1, 2, dtype=torch.float64), torch.tensor([False])))
    expected = [[sigmoid(np.float64(Lambda)) ** (8 * 0.5 * t) for Lambda in (1.0, 5.0)] for t in range(1, 11)]
    np.testing.assert_allclose(y[0].detach().numpy(), expected, rtol=1e-12)


@pytest.mark.parametrize("init", ["paper", "code"])
def test_initial_decays_have_the_stated_distribution(init: str) -> None:
    """Quantiles against the closed form: a^c uniform on [.9, .999], or a^2 uniform on [.81, .998001]."""
    torch.manual_seed(0)
    c, count = 8.0, 40_000
    a = torch.sigmoid(initial_lambda(count, c, init).double())
    q = torch.tensor([0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0], dtype=torch.float64)
    if init == "paper":
        found, expected = torch.quantile(a**c, q), 0.9 + 0.099 * q
        spread = 0.099
    else:
        found, expected = torch.quantile(a**2, q), 0.81 + 0.188001 * q
        spread = 0.188001
    # A quantile's standard error is at most spread / (2 sqrt(count)); the float32 Lambda adds 1e-6.
    torch.testing.assert_close(found, expected, rtol=0, atol=4 * spread / (2 * math.sqrt(count)) + 1e-6)
    if init == "code":
        assert a.min() > 0.9 - 1e-6 and a.max() < 0.999 + 1e-6
        assert (a**c).min() < 0.44  # at r = 1 far below the paper's 0.9


def test_the_default_initialisation_is_the_released_codes() -> None:
    torch.manual_seed(3)
    default = RGLRU(50).Lambda
    torch.manual_seed(3)
    assert torch.equal(default, RGLRU(50, init="code").Lambda)


def test_gates_start_lecun_normal_with_zero_bias() -> None:
    torch.manual_seed(0)
    layer = RGLRU(256, n_blocks=4)
    assert layer.gate_bias.abs().max() == 0
    # The standard deviation of 64 * 512 normal numbers is known to 0.4 %.
    assert abs(float(layer.gate_weight.detach().std()) * 8 - 1) < 0.02


def coefficients(
    gates: Tensor, x: Tensor, rate: Tensor, first: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """The closed form, left to autograd."""
    r, i = torch.sigmoid(gates)
    a = torch.exp(-rate * r)
    if first is not None:
        a = a * ~first.unsqueeze(-1)
    return a, torch.sqrt(1 - a**2) * i * x


def test_gradients_by_hand_equal_autograds() -> None:
    torch.manual_seed(0)
    gates = torch.randn(2, 3, 5, 4, dtype=torch.float64, requires_grad=True)
    x = torch.randn(3, 5, 4, dtype=torch.float64, requires_grad=True)
    rate = torch.rand(4, dtype=torch.float64).requires_grad_()
    first = torch.rand(3, 5) < 0.3
    a, b = RGLRUGradient.apply(torch.sigmoid(gates), x, rate, first)
    a_ref, b_ref = coefficients(gates, x, rate, first)
    torch.testing.assert_close((a, b), (a_ref, b_ref), rtol=1e-12, atol=1e-12)
    weights = torch.randn(2, 3, 5, 4, dtype=torch.float64)
    found = torch.autograd.grad((a * weights[0] + b * weights[1]).sum(), (gates, x, rate))
    expected = torch.autograd.grad((a_ref * weights[0] + b_ref * weights[1]).sum(), (gates, x, rate))
    torch.testing.assert_close(found, expected, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("rate", [1e-1, 1e-4, 1e-6, 1e-7, 1e-9, 1e-12, 0.0])
def test_the_square_roots_derivative_is_bounded(rate: float) -> None:
    """With s = 1 - a^2, d sqrt(s) / ds is 1 / (2 sqrt(s)), but at most 1000: so below s = 2.5e-7."""
    gates = torch.zeros(2, 1, 1, dtype=torch.float64)
    decay = torch.tensor([rate], dtype=torch.float64, requires_grad=True)
    x = torch.tensor([[2.0]], dtype=torch.float64)
    _, b = RGLRUGradient.apply(torch.sigmoid(gates), x, decay, None)
    (found,) = torch.autograd.grad(b.sum(), decay)
    log_a = -rate / 2
    s = -math.expm1(2 * log_a)
    assert float(b.detach()) == pytest.approx(math.sqrt(s), rel=1e-12)
    slope = 1000.0 if s < 2.5e-7 else 0.5 / math.sqrt(s)
    # b = sqrt(s) * (1/2) * 2, ds / d(log a) = -2 a^2, d(log a) / d(rate) = -1/2.
    assert float(found) == pytest.approx(slope * math.exp(2 * log_a), rel=1e-9)


def test_one_minus_a_squared_is_not_lost_to_rounding() -> None:
    """At a = 1 - 1e-7 in float32, 1 - a * a would be off by a fifth; expm1 keeps all digits."""
    a, b = RGLRUGradient.apply(torch.full((2, 1, 1), 0.5), torch.tensor([[2.0]]), torch.tensor([2e-7]), None)
    assert float(b) == pytest.approx(math.sqrt(-math.expm1(-2e-7)), rel=1e-6)
    assert float(a) == pytest.approx(1 - 1e-7, abs=1e-7)


def test_gradients_stay_finite_when_the_decay_reaches_one() -> None:
    torch.manual_seed(0)
    layer = RGLRU(4)
    with torch.no_grad():
        layer.Lambda.fill_(200.0)
    x = torch.randn(2, 20, 4, requires_grad=True)
    y, _ = layer(x)
    y.square().sum().backward()
    for tensor in (x, *layer.parameters()):
        assert tensor.grad is not None and tensor.grad.isfinite().all()


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = RGLRU(4).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h, _) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h, _) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_a_long_memory_survives_half_inputs() -> None:
    """A decay of 0.9995 is 1.0 in bfloat16; a state held in float32 still forgets at the right speed."""
    layer = RGLRU(1)
    with torch.no_grad():
        layer.gate_weight.zero_()
        a = 0.9995
        layer.Lambda.fill_(math.log(a ** (1 / 4) / -math.expm1(math.log(a) / 4)))
    half = layer.bfloat16()
    a = float(torch.sigmoid(half.Lambda.double().detach())) ** 4
    state = (torch.ones(1, 1), torch.tensor([False]))
    _, (h, _) = half(torch.zeros(1, 2000, 1, dtype=torch.bfloat16), state)
    assert float(h.detach()) == pytest.approx(a**2000, rel=1e-3)


def complex_by_the_paper(layer: CGLRU, x: np.ndarray, h: np.ndarray | None) -> np.ndarray:
    """Appendix B for one row x (time, d) with a complex state h (d / 2); h None: a document begins."""
    n, half = layer.n_blocks, layer.d_rnn // 2
    weight, bias = layer.gate_weight.detach().numpy(), layer.gate_bias.detach().numpy()
    wide, narrow = layer.d_rnn // n, half // n
    w_a, w_x = np.zeros((2, half, layer.d_rnn))
    for k in range(n):
        rows, columns = slice(k * narrow, (k + 1) * narrow), slice(k * wide, (k + 1) * wide)
        w_a[rows, columns], w_x[rows, columns] = weight[k, :, :narrow].T, weight[k, :, narrow:].T
    b_a, b_x = bias[:, 0, :narrow].reshape(-1), bias[:, 0, narrow:].reshape(-1)
    a, theta = sigmoid(layer.Lambda.detach().numpy()), layer.theta.detach().numpy()
    ys = []
    for x_t in x:
        r, i = sigmoid(w_a @ x_t + b_a), sigmoid(w_x @ x_t + b_x)
        a_t = np.zeros(half) if h is None else a ** (layer.c * r) * np.exp(1j * r * theta)
        u = i * (x_t[:half] + 1j * x_t[half:])
        h = a_t * (0 if h is None else h) + np.sqrt(1 - np.abs(a_t) ** 2) * u
        ys.append(np.concatenate([h.real, h.imag]))
    return np.stack(ys)


@pytest.mark.parametrize("n_blocks", [1, 2, 3])
def test_the_complex_form_equals_the_equations(n_blocks: int) -> None:
    torch.manual_seed(0)
    layer = CGLRU(12, n_blocks).double()
    torch.nn.init.normal_(layer.gate_bias)
    torch.nn.init.uniform_(layer.theta, -3, 3)
    x = torch.randn(2, 9, 12, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h, fresh) = layer(x, reset=reset)
    first = complex_by_the_paper(layer, x[0].numpy(), None)
    second = [complex_by_the_paper(layer, part.numpy(), None) for part in (x[1, :4], x[1, 4:])]
    expected = np.stack([first, np.concatenate(second)])
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-12, atol=1e-12)
    assert torch.equal(h, y[:, -1])
    assert not fresh.any()
    h0 = torch.randn(2, 12, dtype=torch.float64)
    y, _ = layer(x, (h0, torch.tensor([False, True])))
    z0 = h0[0, :6].numpy() + 1j * h0[0, 6:].numpy()
    expected = [
        complex_by_the_paper(layer, x[0].numpy(), z0),
        complex_by_the_paper(layer, x[1].numpy(), None),
    ]
    np.testing.assert_allclose(y.detach().numpy(), np.stack(expected), rtol=1e-12, atol=1e-12)


def test_without_a_phase_the_complex_form_is_two_real_ones() -> None:
    """Gates that see nothing are 1/2 everywhere: then real and imaginary parts never meet."""
    torch.manual_seed(0)
    layer, real = CGLRU(6).double(), RGLRU(3).double()
    with torch.no_grad():
        layer.theta.zero_()
        layer.gate_weight.zero_()
        real.gate_weight.zero_()
        real.Lambda.copy_(layer.Lambda)
    x = torch.randn(2, 9, 6, dtype=torch.float64)
    expected = torch.cat([real(x[..., :3])[0], real(x[..., 3:])[0]], -1)
    torch.testing.assert_close(layer(x)[0], expected)


def test_a_pair_turns_by_r_theta_and_not_by_c_r_theta() -> None:
    layer = CGLRU(2, c=8.0).double()
    with torch.no_grad():
        layer.gate_weight.zero_()
        layer.Lambda.fill_(3.0)
        layer.theta.fill_(0.2)
    x = torch.zeros(1, 5, 2, dtype=torch.float64)
    y, _ = layer(x, (torch.tensor([[1.0, 0.0]], dtype=torch.float64), torch.tensor([False])))
    z = torch.complex(y[0, :, 0], y[0, :, 1]).detach().numpy()
    t = np.arange(1, 6)
    np.testing.assert_allclose(np.angle(z), 0.5 * 0.2 * t, rtol=1e-12)
    np.testing.assert_allclose(np.abs(z), sigmoid(np.float64(3.0)) ** (8 * 0.5 * t), rtol=1e-12)


def test_initial_values_of_the_complex_form() -> None:
    """theta uniform in [0, pi/10], Lambda as in the real form, half as many gates."""
    torch.manual_seed(0)
    layer = CGLRU(80_000, n_blocks=8000)
    assert layer.Lambda.shape == layer.theta.shape == (40_000,)
    q = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0])
    quantiles = torch.quantile(layer.theta.detach(), q)
    torch.testing.assert_close(quantiles, q * math.pi / 10, rtol=0, atol=0.005)
    torch.manual_seed(3)
    decays = CGLRU(200, init="paper").Lambda.detach()
    assert (torch.sigmoid(decays) ** 8).min() > 0.89 and (torch.sigmoid(decays) ** 8).max() < 0.9991
    assert layer.gate_weight.shape == (8000, 10, 10) and layer.gate_bias.abs().max() == 0
    assert abs(float(layer.gate_weight.detach().std()) * math.sqrt(10) - 1) < 0.02


def test_the_complex_form_stays_finite_where_the_decay_reaches_zero_and_one() -> None:
    torch.manual_seed(0)
    for Lambda in (200.0, -200.0):
        layer = CGLRU(4)
        with torch.no_grad():
            layer.Lambda.fill_(Lambda)
        x = torch.randn(2, 20, 4, requires_grad=True)
        y, _ = layer(x)
        y.square().sum().backward()
        for tensor in (x, *layer.parameters()):
            assert tensor.grad is not None and tensor.grad.isfinite().all()


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"n_blocks is 4.*d_rnn = 6"):
        RGLRU(6, 4)
    with pytest.raises(ValueError, match=r"'griffin'.*paper.*code"):
        RGLRU(6, init="griffin")
    with pytest.raises(ValueError, match=r"n_blocks is 3.*d_rnn / 2, d_rnn = 8"):
        CGLRU(8, 3)
    with pytest.raises(ValueError, match=r"n_blocks is 1.*d_rnn / 2, d_rnn = 5"):
        CGLRU(5)
