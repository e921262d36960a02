"""S5 against the full system with both halves of each conjugate pair, and against a dense real one."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.linalg import block_diag
from scipy.signal import cont2discrete

from minirnn.layers.s5 import LARGEST, RULES, S5
from minirnn.layers.shared.hippo import hippo_normal

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]
SIZES = [(4, 1), (8, 2), (12, 3)]  # d_state and blocks


def complex_of(parameter: torch.Tensor) -> Complex:
    return parameter.detach().double().numpy() @ np.array([1, 1j])


def full_system(layer: S5) -> tuple[Complex, Complex, Complex]:
    """Lambda_bar (d_state,), B_bar (d_state, d_model), C (d_model, d_state): each state and its conjugate."""
    delta, Lambda = np.exp(layer.delta_log.detach().numpy()), complex_of(layer.Lambda)
    if layer.rule == "zoh":
        Lambda_bar = np.exp(delta * Lambda)
        factor = (Lambda_bar - 1) / Lambda
    else:
        Lambda_bar = (1 + delta * Lambda / 2) / (1 - delta * Lambda / 2)
        factor = delta / (1 - delta * Lambda / 2)
    B, C = factor[:, None] * complex_of(layer.B), complex_of(layer.C)
    Lambda_bar, B = (np.concatenate([z, z.conj()]) for z in (Lambda_bar, B))
    return Lambda_bar, B, np.concatenate([C, C.conj()], 1)


def by_the_formula(layer: S5, x: Array, h: Complex) -> tuple[Array, Complex]:
    """One row x (time, d_model), step by step; h (d_state,) with the conjugates."""
    Lambda_bar, B, C = full_system(layer)
    y = np.empty_like(x)
    for t, x_t in enumerate(x):
        h = Lambda_bar * h + B @ x_t
        read = C @ h
        assert np.abs(read.imag).max() < 1e-12
        y[t] = read.real + layer.D.detach().numpy() * x_t
    return y, h


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("d_state", "blocks"), SIZES)
def test_equals_the_formula(d_state: int, blocks: int, rule: str) -> None:
    torch.manual_seed(0)
    layer = S5(3, d_state, blocks, rule).double()
    modes = d_state // 2
    x, h0 = torch.randn(2, 9, 3, dtype=torch.float64), torch.randn(2, modes, 2, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h,) = layer(x, (h0,), reset=reset)
    start = complex_of(h0)
    start = np.concatenate([start, start.conj()], 1)
    y_0, h_0 = by_the_formula(layer, x[0].numpy(), start[0])
    before, _ = by_the_formula(layer, x[1, :4].numpy(), start[1])
    after, h_1 = by_the_formula(layer, x[1, 4:].numpy(), np.zeros(d_state, complex))
    expected = np.stack([y_0, np.concatenate([before, after])])
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(complex_of(h), np.stack([h_0, h_1])[:, :modes], rtol=1e-11, atol=1e-12)


def hippo(N: int) -> Array:
    """A + P P^T, entry by entry."""
    A = np.zeros((N, N))
    for n in range(N):
        for k in range(N):
            A[n, k] = (k > n) * 0.5 * math.sqrt((2 * n + 1) * (2 * k + 1)) - (k < n) * 0.5 * math.sqrt(
                (2 * n + 1) * (2 * k + 1)
            )
        A[n, n] = -0.5
    return A


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize(("d_state", "blocks"), SIZES)
def test_a_new_layer_is_a_dense_real_system_sampled_by_scipy(d_state: int, blocks: int, rule: str) -> None:
    """Blocks of HiPPO's normal part with real B_0 and C_0, which B = V^* B_0 and C = C_0 V give back."""
    torch.manual_seed(0)
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    layer = S5(3, d_state, blocks, rule)
    torch.set_default_dtype(before)
    with torch.no_grad():
        layer.delta_log.fill_(math.log(0.07))  # scipy has one step size for all
    size = d_state // blocks
    A = block_diag(*[hippo(size)] * blocks)
    V = block_diag(*[hippo_normal(size)[1].numpy()] * blocks)
    B, C = 2 * (V @ complex_of(layer.B)).real, 2 * (complex_of(layer.C) @ V.conj().T).real
    A_bar, B_bar, *_ = cont2discrete((A, B, C, np.zeros((3, 3))), 0.07, rule)
    x, h = torch.randn(1, 30, 3, dtype=torch.float64), np.zeros(d_state)
    for x_t, y_t in zip(x[0].numpy(), layer(x)[0][0].detach().numpy(), strict=True):
        h = A_bar @ h + B_bar @ x_t
        np.testing.assert_allclose(y_t, C @ h + layer.D.detach().numpy() * x_t, rtol=1e-10, atol=1e-12)


def test_weights_start_as_the_text_says() -> None:
    torch.manual_seed(0)
    layer = S5(300, 64, blocks=4)
    one, V = hippo_normal(16)
    np.testing.assert_allclose(complex_of(layer.Lambda), np.tile(one.numpy(), 4), rtol=1e-6)
    V_full = block_diag(*[V.numpy()] * 4)
    B, C = 2 * (V_full @ complex_of(layer.B)).real, 2 * (complex_of(layer.C) @ V_full.conj().T).real
    torch.manual_seed(0)  # B_0 is drawn first
    np.testing.assert_allclose(B, torch.randn(64, 300).numpy() / math.sqrt(300), rtol=1e-3, atol=1e-5)
    assert C.std() == pytest.approx(1 / math.sqrt(64), rel=0.03)
    assert float(layer.D.detach().std()) == pytest.approx(1, rel=0.2)
    log_delta = layer.delta_log.detach()
    assert log_delta.min() > math.log(1e-3) and log_delta.max() < math.log(1e-1)
    assert log_delta.std() > 0.8  # of log(100) / sqrt(12) = 1.33: each state has its own


@pytest.mark.parametrize("rule", RULES)
def test_stable_whatever_the_parameters(rule: str) -> None:
    torch.manual_seed(0)
    layer = S5(2, 2000, 500, rule).double()
    with torch.no_grad():
        for p in (layer.Lambda, layer.delta_log):
            p.copy_(3 * torch.randn_like(p))
    assert (layer.Lambda[:, 0] > 0).any()
    Lambda_bar, _ = layer.system()
    assert Lambda_bar.abs().max() < 1
    with torch.no_grad():
        layer.Lambda[:, 0] = layer.Lambda[:, 0].clamp(max=LARGEST)
    np.testing.assert_allclose(Lambda_bar.detach().numpy(), full_system(layer)[0][:1000], rtol=1e-12)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = S5(4, 6).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype and h.shape == (2, 3, 2)
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_bad_arguments_are_named() -> None:
    for d_state, blocks in [(5, 1), (6, 2)]:
        with pytest.raises(ValueError, match=rf"d_state is {d_state}.*2 \* blocks = {2 * blocks}"):
            S5(2, d_state, blocks)
    with pytest.raises(ValueError, match=r"'euler'.*zoh, bilinear"):
        S5(2, 4, rule="euler")
