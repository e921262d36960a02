"""Mamba-3 against loops over its equations, Mamba-2's step where they meet, and a complex state."""

import math

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from minirnn.layers.mamba3 import Carried, Mamba3, two_point_chunked, two_point_recurrent
from minirnn.layers.ssd import CHUNK, ssd_recurrent

Numbers = NDArray[np.float64]
Sequences = tuple[Tensor, ...]


def parts(time: int) -> tuple[Sequences, Carried]:
    """q, k, v, log_alpha, start and end, and S, k, v before them: all sizes different."""
    random = torch.Generator().manual_seed(time)
    rows, heads, head_dim, d_state = 2, 3, 5, 4
    many = [(rows, time, heads, d_state)] * 2 + [(rows, time, heads, head_dim)] + [(rows, time, heads)] * 3
    once = [(rows, heads, head_dim, d_state), (rows, heads, d_state), (rows, heads, head_dim)]
    q, k, v, log_alpha, start, end, S, k_0, v_0 = (
        torch.randn(shape, generator=random, dtype=torch.float64) for shape in many + once
    )
    return (q, k, v, -1.6 * torch.sigmoid(log_alpha), start.sigmoid(), end.sigmoid()), (S, k_0, v_0)


def by_steps(sequences: Sequences, carried: Carried) -> tuple[Numbers, Numbers]:
    """The write of two points, one head of one row at a time."""
    q, k, v, log_alpha, start, end = (z.detach().numpy() for z in sequences)
    S, k_0, v_0 = (z.detach().numpy() for z in carried)
    y, last = np.zeros(v.shape), np.zeros(S.shape)
    for row, head in np.ndindex(S.shape[:2]):
        state, before = S[row, head], np.outer(v_0[row, head], k_0[row, head])
        for t in range(q.shape[1]):
            at = row, t, head
            now = np.outer(v[at], k[at])
            alpha = np.exp(log_alpha[at])
            state = alpha * state + start[at] * alpha * before + end[at] * now
            y[at] = state @ q[at]
            before = now
        last[row, head] = state
    return y, last


def assert_is(found: tuple[Tensor, Tensor], expected: tuple[Numbers, Numbers]) -> None:
    for have, want in zip(found, expected, strict=True):
        np.testing.assert_allclose(have.detach().numpy(), want, rtol=1e-11, atol=1e-11)


@pytest.mark.parametrize("time", [1, 2, 7, 2 * CHUNK + 3])
@pytest.mark.parametrize(
    "chunk", [0, 1, 3, 8, CHUNK], ids=lambda chunk: f"chunk {chunk}" if chunk else "loop"
)
def test_both_forms_equal_the_equation(time: int, chunk: int) -> None:
    sequences, carried = parts(time)
    sequences[3][0, time // 2] = -math.inf  # a decay of 0 forgets the last k and v, too
    form = two_point_recurrent if chunk == 0 else lambda *z: two_point_chunked(*z, chunk=chunk)
    assert_is(form(*sequences, carried), by_steps(sequences, carried))


def test_without_the_carried_k_and_v_the_next_piece_is_wrong() -> None:
    """What a cache loses that keeps S alone; a split that carries all three is no split."""
    sequences, (S, k_0, v_0) = parts(11)
    whole, _ = by_steps(sequences, (S, k_0, v_0))
    for split in range(1, 11):
        first, second = (tuple(z[:, part] for z in sequences) for part in (slice(split), slice(split, 11)))
        _, S_split = two_point_chunked(*first, (S, k_0, v_0), chunk=4)
        last_k, last_v = first[1][:, -1], first[2][:, -1]
        y, _ = two_point_chunked(*second, (S_split, last_k, last_v), chunk=4)
        np.testing.assert_allclose(y.numpy(), whole[:, split:], rtol=1e-11, atol=1e-11)
        for lost in (
            (S_split, torch.zeros_like(k_0), last_v),
            (S_split, last_k, torch.zeros_like(v_0)),
            (S_split, k_0, v_0),
        ):
            y, _ = two_point_chunked(*second, lost, chunk=4)
            assert np.abs(y.numpy() - whole[:, split:]).max() > 1e-2


def made(time: int) -> tuple[Mamba3, Tensor, tuple[Tensor, ...]]:
    """A layer with no weight at its start, an input and a state: 2 rows, 3 heads of 4, 5 pairs, width 6."""
    torch.manual_seed(0)
    layer = Mamba3(6, d_state=10, head_dim=4).double()
    with torch.no_grad():
        for p in layer.parameters():
            p.add_(0.3 * torch.randn_like(p))
        layer.dt_bias.add_(3)  # steps long enough for angles to go around
        layer.into.weight[-6].mul_(20)  # a of the first head: A_t from its bound, -1e-4, to about -40
    x = torch.randn(2, time, 6, dtype=torch.float64)
    state = tuple(torch.randn_like(s) for s in layer.initial_state(2))
    return layer, x, (state[0].abs() % (2 * math.pi), *state[1:])


def by_the_equations(
    layer: Mamba3, x: Numbers, state: list[Numbers], resets: tuple[int, ...] = ()
) -> tuple[Numbers, list[Numbers]]:
    """One row, x (time, d_model), head by head; a rotation is a product of complex numbers."""
    weights = {name: p.detach().numpy() for name, p in layer.named_parameters()}
    heads, head_dim = layer.heads
    n = layer.state_shapes[2][1]
    pairs, d_inner = n // 2, heads * head_dim
    phi, S, k, v = (s.copy() for s in state)
    outputs = []
    for t, x_t in enumerate(x):
        if t in resets:
            phi, S, k, v = (np.zeros_like(s) for s in (phi, S, k, v))
        cuts = np.cumsum([d_inner, d_inner, n, n, pairs, heads, heads])
        z, v_new, B, C, theta, dt, a, trap = np.split(weights["into.weight"] @ x_t, cuts)
        gated = np.zeros(d_inner)
        for h in range(heads):
            part = slice(h * head_dim, (h + 1) * head_dim)
            delta = np.log1p(np.exp(dt[h] + weights["dt_bias"][h]))
            A = -max(np.log1p(np.exp(a[h])), 1e-4)
            alpha, lam = np.exp(delta * A), 1 / (1 + np.exp(-trap[h]))
            phi[h] = (phi[h] + math.pi * np.tanh(theta) * delta) % (2 * math.pi)
            turned = []
            for name, raw in (("B", B), ("C", C)):
                normed = raw / np.sqrt(np.mean(raw**2) + 1e-5) * weights[f"{name}_norm"]
                biased = normed + weights[f"{name}_bias"][h]
                number = (biased[:pairs] + 1j * biased[pairs:]) * np.exp(1j * phi[h])
                turned.append(np.concatenate([number.real, number.imag]))
            k_new, q = turned
            S[h] = (
                alpha * S[h]
                + (1 - lam) * delta * alpha * np.outer(v[h], k[h])
                + lam * delta * np.outer(v_new[part], k_new)
            )
            k[h], v[h] = k_new, v_new[part]
            silu = z[part] / (1 + np.exp(-z[part]))
            gated[part] = (S[h] @ q + weights["D"][h] * v_new[part]) * silu
        outputs.append(weights["out.weight"] @ gated)
    return np.stack(outputs), [phi, S, k, v]


@pytest.mark.parametrize("resets", [(), (0,), (5, 6)], ids=str)
@pytest.mark.parametrize("time", [1, 2, 9, CHUNK + 3])
def test_the_layer_equals_the_equations(time: int, resets: tuple[int, ...]) -> None:
    layer, x, state = made(time)
    reset = torch.zeros(2, time, dtype=torch.bool)
    resets = tuple(t for t in resets if t < time)
    reset[1, list(resets)] = True
    y, after = layer(x, state, reset=reset if resets else None)
    for row in range(2):
        start = [s[row].numpy() for s in state]
        expected, last = by_the_equations(layer, x[row].numpy(), start, resets if row == 1 else ())
        np.testing.assert_allclose(y[row].detach().numpy(), expected, rtol=1e-10, atol=1e-10)
        for have, want in zip(after, last, strict=True):
            np.testing.assert_allclose(have[row].detach().numpy(), want, rtol=1e-10, atol=1e-10)


def test_a_split_anywhere_carries_all_four_and_needs_each() -> None:
    layer, x, state = made(11)
    with torch.no_grad():
        whole, last = layer(x, state)
        for split in range(1, 11):
            y, between = layer(x[:, :split], state)
            torch.testing.assert_close(y, whole[:, :split], rtol=1e-11, atol=1e-11)
            y, after = layer(x[:, split:], between)
            torch.testing.assert_close(y, whole[:, split:], rtol=1e-11, atol=1e-11)
            torch.testing.assert_close(after, last, rtol=1e-11, atol=1e-11)
            for lost in range(4):
                less = tuple(torch.zeros_like(s) if i == lost else s for i, s in enumerate(between))
                assert (layer(x[:, split:], less)[0] - whole[:, split:]).abs().max() > 1e-5, (split, lost)


@pytest.mark.parametrize("time", [1, 2, CHUNK + 3])
def test_with_lambda_1_and_no_angle_it_is_mamba_2s_step(time: int) -> None:
    """`ssd_recurrent`, head by head, with the B and C that no angle has turned."""
    layer, x, _ = made(time)
    with torch.no_grad():
        # trap is at least 1000: the first number of the input is made positive.
        x[..., 0] = x[..., 0].abs() + 1
        layer.into.weight[-3:] = 0
        layer.into.weight[-3:, 0] = 1000
        layer.into.weight[44:49] = 0  # theta, after z, v, B and C
        y, after = layer(x)
        z, v, B, C, _, dt, a, _ = layer.into(x).split([12, 12, 10, 10, 5, 3, 3, 3], -1)
        norm = torch.nn.functional.rms_norm
        delta = torch.log1p(torch.exp(dt + layer.dt_bias))
        for head in range(3):
            u = v[..., 4 * head : 4 * head + 4].unsqueeze(2)
            k = norm(B, (10,), layer.B_norm, 1e-5) + layer.B_bias[head]
            q = norm(C, (10,), layer.C_norm, 1e-5) + layer.C_bias[head]
            step = delta[..., head : head + 1]
            log_alpha = -torch.log1p(torch.exp(a[..., head : head + 1])).clamp(min=1e-4) * step
            h = torch.zeros(2, 1, 4, 10, dtype=torch.float64)
            S_q, h = ssd_recurrent(step.unsqueeze(-1) * u, log_alpha, k, q, h)
            torch.testing.assert_close(after[1][:, head], h[:, 0], rtol=1e-10, atol=1e-10)
            z[..., 4 * head : 4 * head + 4] = (S_q + layer.D[head] * u).squeeze(2) * (
                torch.nn.functional.silu(z[..., 4 * head : 4 * head + 4])
            )
        torch.testing.assert_close(y, layer.out(z), rtol=1e-10, atol=1e-10)
    assert after[0].abs().sum() == 0


def test_turned_keys_and_queries_are_a_complex_state() -> None:
    """Re(conj(q) h) with h_t = alpha e^{-i turn} (h + start v k) + end v k and nothing turned but h."""
    (q, k, v, log_alpha, start, end), _ = parts(9)
    turn = torch.rand(2, 9, 3, 2, dtype=torch.float64) * 4 - 2
    phi = turn.cumsum(1)

    def turned(x: Tensor) -> Tensor:
        number = torch.complex(x[..., :2], x[..., 2:]) * torch.exp(1j * phi)
        return torch.cat([number.real, number.imag], -1)

    zeros = (torch.zeros(2, 3, 5, 4).double(), torch.zeros(2, 3, 4).double(), torch.zeros(2, 3, 5).double())
    found, _ = two_point_chunked(turned(q), turned(k), v, log_alpha, start, end, zeros, chunk=4)
    h = torch.zeros(2, 3, 5, 2, dtype=torch.complex128)
    before = torch.zeros_like(h)
    for t in range(9):
        now = v[:, t].unsqueeze(-1) * torch.complex(k[:, t, :, :2], k[:, t, :, 2:]).unsqueeze(-2)
        decay = log_alpha[:, t, :, None].exp() * torch.exp(-1j * turn[:, t])
        h = decay.unsqueeze(-2) * (h + start[:, t, :, None, None] * before) + end[:, t, :, None, None] * now
        reader = torch.complex(q[:, t, :, :2], q[:, t, :, 2:]).conj()
        y = torch.einsum("bhpn,bhn->bhp", h, reader).real
        torch.testing.assert_close(found[:, t], y, rtol=1e-11, atol=1e-11)
        before = now


def test_angles_stay_within_a_turn_and_hold_their_digits() -> None:
    """After a thousand long steps in float32: as from float64."""
    layer, x, _ = made(1000)
    with torch.no_grad():
        exact, (phi, *_) = layer(x)
        layer.float()
        y, (phi_32, *_) = layer(x.float())
    assert phi.min() >= 0 and phi.max() < 2 * math.pi
    assert phi_32.min() >= 0 and phi_32.max() <= 2 * math.pi
    apart = torch.remainder(phi_32 - phi + math.pi, 2 * math.pi) - math.pi
    assert apart.abs().max() < 1e-3
    assert (y - exact).abs().max() < 1e-4 * exact.abs().max()


def test_initial_values() -> None:
    torch.manual_seed(0)
    layer = Mamba3(2, d_state=2, head_dim=1, expand=5_000)
    for ones in (layer.B_norm, layer.C_norm, layer.B_bias, layer.C_bias, layer.D):
        assert torch.equal(ones, torch.ones_like(ones))
    assert layer.B_bias.shape == layer.C_bias.shape == (10_000, 2) and layer.D.shape == (10_000,)
    delta = torch.nn.functional.softplus(layer.dt_bias.detach())
    q = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0])
    # A quantile of 10,000 numbers is known to 1/200 of their spread, at one standard error.
    torch.testing.assert_close(torch.quantile(delta.log10(), q), 2 * q - 3, rtol=0, atol=2 * 4 / 200)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = Mamba3(4, 6, 2).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, state = layer(torch.randn(2, 3, 4, dtype=dtype))
    y_t, next_state = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y.dtype == y_t.dtype == dtype
    assert {s.dtype for s in (*state, *next_state, *layer.initial_state(2))} == {wide}


def test_the_state_stays_float32_under_autocast() -> None:
    layer = Mamba3(4, 6, 2)
    with torch.autocast("cpu", torch.bfloat16):
        for time in (1, 2, 100):
            assert {s.dtype for s in layer(torch.randn(2, time, 4))[1]} == {torch.float32}


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"head_dim is 5.*12 = expand"):
        Mamba3(6, head_dim=5)
    with pytest.raises(ValueError, match="d_state is 5, expected an even number"):
        Mamba3(6, 5, 3)
