"""S4D against complex128 loops, its two modes against each other, its start against dense matrices."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from scipy.signal import cont2discrete, dlsim

from minirnn.layers.s4d import INITS, S4D, initial_eigenvalues
from minirnn.layers.shared.hippo import hippo_normal

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]


def system(layer: S4D) -> tuple[Complex, Complex, Complex, Array]:
    """A_bar, B_bar, C (d_model, modes) by zero-order hold, and D (d_model,)."""
    re, im, delta, C, D = (
        p.detach().double().numpy() for p in (layer.A_re_log, layer.A_im, layer.delta_log, layer.C, layer.D)
    )
    A, delta = -np.exp(re) + 1j * im, np.exp(delta)[:, None]
    return np.exp(delta * A), (np.exp(delta * A) - 1) / A, C[..., 0] + 1j * C[..., 1], D


def by_the_formula(layer: S4D, x: Array, h: Complex) -> tuple[Array, Complex]:
    """One row x (time, d_model), step by step, each mode with its conjugate."""
    A_bar, B_bar, C, D = system(layer)
    y = np.empty_like(x)
    for t, x_t in enumerate(x):
        h = A_bar * h + B_bar * x_t[:, None]
        pair = C * h + C.conj() * h.conj()
        assert np.abs(pair.imag).max() == 0
        y[t] = pair.real.sum(-1) + D * x_t
    return y, h


@pytest.mark.parametrize("convolve", [True, False], ids=["convolution", "recurrence"])
@pytest.mark.parametrize("init", INITS)
def test_equals_the_formula(init: str, convolve: bool) -> None:
    torch.manual_seed(0)
    layer = S4D(3, 8, init, convolve).double()
    x, h0 = torch.randn(2, 11, 3, dtype=torch.float64), torch.randn(2, 3, 4, 2, dtype=torch.float64)
    y, (h,) = layer(x, (h0,))
    rows = [
        by_the_formula(layer, x_row.numpy(), h_row.numpy() @ np.array([1, 1j]))
        for x_row, h_row in zip(x, h0, strict=True)
    ]
    np.testing.assert_allclose(y.detach().numpy(), np.stack([r[0] for r in rows]), rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(
        h.detach().numpy() @ [1, 1j], np.stack([r[1] for r in rows]), rtol=1e-11, atol=1e-12
    )


@pytest.mark.parametrize("convolve", [True, False], ids=["convolution", "recurrence"])
def test_a_reset_begins_anew(convolve: bool) -> None:
    torch.manual_seed(0)
    layer = S4D(3, 8, convolve=convolve).double()
    x = torch.randn(1, 9, 3, dtype=torch.float64)
    reset = torch.zeros(1, 9, dtype=torch.bool)
    reset[0, 4] = True
    nothing = np.zeros((3, 4), complex)
    parts = [by_the_formula(layer, part.numpy(), nothing)[0] for part in (x[0, :4], x[0, 4:])]
    np.testing.assert_allclose(
        layer(x, reset=reset)[0][0].detach().numpy(), np.concatenate(parts), rtol=1e-11
    )


# Around squares and primes: the powers are laid out in a square that the last row need not fill.
@pytest.mark.parametrize("time", [1, 2, 3, 4, 5, 8, 9, 10, 16, 17, 97, 100])
def test_convolution_and_recurrence_agree(time: int) -> None:
    torch.manual_seed(0)
    convolving = S4D(4, 6).double()
    stepping = S4D(4, 6, convolve=False).double()
    stepping.load_state_dict(convolving.state_dict())
    x = torch.randn(2, time, 4, dtype=torch.float64)
    h0 = torch.randn(2, 4, 3, 2, dtype=torch.float64)
    for state in (None, (h0,)):
        torch.testing.assert_close(convolving(x, state), stepping(x, state), rtol=1e-11, atol=1e-11)


def test_they_agree_in_float32_over_a_long_time() -> None:
    torch.manual_seed(0)
    layer = S4D(8, 64)
    x, h0 = torch.randn(2, 1500, 8), torch.randn(2, 8, 32, 2)
    y, (h,) = layer(x, (h0,))
    exact = S4D(8, 64, convolve=False).double()
    exact.load_state_dict(layer.state_dict())
    expected, (h_expected,) = exact(x.double(), (h0.double(),))
    size = float(expected.detach().abs().max())
    assert float((y - expected).detach().abs().max()) < 1e-5 * size
    # A wave of 200 radians is rounded to 200 * 2^-24.
    assert float((h - h_expected).detach().abs().max()) < 4e-5 * float(h_expected.detach().abs().max())


def test_the_convolution_sees_the_future_only_in_its_rounding() -> None:
    """A Fourier transform mixes all steps, so nothing is bit for bit the same; the recurrence is."""
    torch.manual_seed(0)
    layer = S4D(3, 8).double()
    x = torch.randn(2, 12, 3, dtype=torch.float64)
    changed = x.clone()
    changed[:, 7:] += 100
    y, y_changed = layer(x)[0], layer(changed)[0]
    assert (y - y_changed)[:, :7].abs().max() < 1e-12
    assert (y - y_changed)[:, 7].abs().max() > 1
    reset = torch.zeros(2, 12, dtype=torch.bool)
    assert torch.equal(layer(x, reset=reset)[0][:, :7], layer(changed, reset=reset)[0][:, :7])


def test_a_channel_is_scipys_sampled_system() -> None:
    """Each mode and its conjugate as two real states, sampled and run by scipy."""
    torch.manual_seed(0)
    layer = S4D(1, 4).double().requires_grad_(False)
    A, B, C = np.zeros((4, 4)), np.zeros((4, 1)), np.zeros((1, 4))
    for k in range(2):
        re, im = -math.exp(float(layer.A_re_log[0, k])), float(layer.A_im[0, k])
        c_re, c_im = layer.C[0, k].tolist()
        pair = slice(2 * k, 2 * k + 2)
        A[pair, pair], B[pair, 0], C[0, pair] = [[re, -im], [im, re]], [1, 0], [2 * c_re, -2 * c_im]
    delta = math.exp(float(layer.delta_log[0]))
    A_bar, B_bar, *_ = cont2discrete((A, B, C, np.zeros((1, 1))), delta, "zoh")
    x = np.random.default_rng(0).standard_normal((50, 1))
    # scipy reads the state before the step, we read the one after it.
    D = C @ B_bar + float(layer.D[0])
    _, expected, _ = dlsim((A_bar, B_bar, C @ A_bar, D, 1), x)
    np.testing.assert_allclose(
        layer(torch.from_numpy(x)[None])[0][0].detach().numpy(), expected, rtol=1e-9, atol=1e-12
    )


def test_initial_eigenvalues_have_their_closed_forms() -> None:
    for n, found in enumerate(initial_eigenvalues("lin", 6).tolist()):
        assert found == pytest.approx(complex(-0.5, math.pi * n))
    for n, found in enumerate(initial_eigenvalues("inv", 6).tolist()):
        assert found == pytest.approx(complex(-0.5, 6 / math.pi * (6 / (2 * n + 1) - 1)))
    assert initial_eigenvalues("real", 6).tolist() == [-1, -2, -3]
    torch.testing.assert_close(initial_eigenvalues("legs", 6), hippo_normal(6)[0])


@pytest.mark.parametrize("N", [2, 4, 16, 64])
def test_hippos_normal_part_against_the_dense_matrix(N: int) -> None:
    A, P = np.zeros((N, N)), np.zeros(N)
    for n in range(N):
        P[n] = math.sqrt(n + 0.5)
        for k in range(n):
            A[n, k] = -math.sqrt((2 * n + 1) * (2 * k + 1))
        A[n, n] = -(n + 1)
    normal = A + np.outer(P, P)
    np.testing.assert_allclose(normal @ normal.T, normal.T @ normal, atol=1e-9 * N**2)
    expected = np.linalg.eigvals(normal)
    np.testing.assert_allclose(expected.real, -0.5, atol=1e-9)
    Lambda, V = (z.numpy() for z in hippo_normal(N))
    assert Lambda.shape == (N // 2,) and V.shape == (N, N // 2)
    np.testing.assert_allclose(Lambda, np.sort_complex(expected[expected.imag > 0].round(9)), rtol=1e-8)
    np.testing.assert_allclose(normal @ V, V * Lambda, atol=1e-10 * N)
    both = np.concatenate([V, V.conj()], 1)
    np.testing.assert_allclose(both.conj().T @ both, np.eye(N), atol=1e-12)
    # HiPPO itself is not normal: its eigenvalues are the diagonal.
    np.testing.assert_allclose(
        np.sort(np.linalg.eigvals(A[:4, :4]).real), -np.arange(min(N, 4), 0, -1), rtol=1e-6
    )


@pytest.mark.parametrize("init", INITS)
def test_weights_start_as_the_text_says(init: str) -> None:
    torch.manual_seed(0)
    layer = S4D(2000, 8, init)
    A = torch.complex(-layer.A_re_log.exp(), layer.A_im).detach()
    torch.testing.assert_close(A, initial_eigenvalues(init, 8).to(A.dtype).expand(2000, 4))
    log_delta = layer.delta_log.detach().double()
    q = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0], dtype=torch.float64)
    expected = math.log(1e-3) + math.log(100) * q
    # A quantile's standard error is at most width / (2 sqrt(count)).
    bound = 4 * math.log(100) / (2 * math.sqrt(2000))
    torch.testing.assert_close(torch.quantile(log_delta, q), expected, rtol=0, atol=bound)
    for part in (0, 1):
        assert float(layer.C.detach()[..., part].std()) == pytest.approx(math.sqrt(0.5), rel=0.05)
    assert float(layer.D.detach().std()) == pytest.approx(1, rel=0.06)


def test_stable_whatever_the_parameters() -> None:
    torch.manual_seed(0)
    layer = S4D(20, 8).double()
    with torch.no_grad():
        for p in (layer.A_re_log, layer.A_im, layer.delta_log):
            p.copy_(4 * torch.randn_like(p))
    A_bar = layer._system(torch.float64)[1]
    assert A_bar.abs().max() < 1
    np.testing.assert_allclose(A_bar.detach().numpy(), system(layer)[0], rtol=1e-10)


@pytest.mark.parametrize("convolve", [True, False], ids=["convolution", "recurrence"])
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype, convolve: bool) -> None:
    layer = S4D(4, 6, convolve=convolve).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype and h.shape == (2, 4, 3, 2)
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide


def test_bad_arguments_are_named() -> None:
    for d_state in (0, 3):
        with pytest.raises(ValueError, match=rf"d_state is {d_state}.*even"):
            S4D(2, d_state)
    with pytest.raises(ValueError, match=r"'hippo'.*lin, inv, legs, real"):
        S4D(2, 4, "hippo")
