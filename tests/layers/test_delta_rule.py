"""The delta rule with each of its switches, against loops over the equations in float64 and closed forms."""

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from torch import Tensor

from minirnn.layers.delta_rule import DeltaRule, decayed_products, rule_chunked, rule_recurrent
from minirnn.layers.deltanet import CHUNK, DeltaNet, delta_chunked

Numbers = NDArray[np.float64]
Form = Callable[..., tuple[Tensor, Tensor]]
SWITCHES = list(itertools.product(("none", "head", "channel"), repeat=2))
forms = pytest.mark.parametrize(
    "form", [rule_recurrent, lambda *z: rule_chunked(*z, chunk=4)], ids=["loop", "chunks"]
)
decays = pytest.mark.parametrize("channels", [1, 4], ids=["decay per head", "decay per channel"])


def parts(time: int, channels: int = 4, dtype: torch.dtype = torch.float64) -> tuple[Tensor, ...]:
    """q, k of length 1, e, u, g and S, all sizes different."""
    random = torch.Generator().manual_seed(time)
    key, value = (2, 3, time, 4), (2, 3, time, 5)
    shapes = [key, key, key, value, (2, 3, time, channels), (2, 3, 4, 5)]
    q, k, b, u, g, S = (torch.randn(s, generator=random, dtype=torch.float64) for s in shapes)
    k = k / k.norm(dim=-1, keepdim=True)
    return tuple(z.to(dtype) for z in (q, k, 2 * b.sigmoid() * k, u, -0.5 * torch.sigmoid(2 * g), S))


def by_steps(*inputs: Tensor) -> tuple[Numbers, Numbers]:
    """S_t = (I - k_t e_t^T) Diag(exp(g_t)) S_{t-1} + k_t u_t^T, one head of one row at a time."""
    q, k, e, u, g, S = (z.detach().double().numpy() for z in inputs)
    y, last = np.zeros(u.shape), S.copy()
    for row in np.ndindex(*S.shape[:2]):
        for t in range(q.shape[2]):
            decay = np.diag(np.exp(np.broadcast_to(g[row][t], k.shape[-1])))
            transition = (np.eye(k.shape[-1]) - np.outer(k[row][t], e[row][t])) @ decay
            last[row] = transition @ last[row] + np.outer(k[row][t], u[row][t])
            y[row][t] = last[row].T @ q[row][t]
    return y, last


def assert_is(found: tuple[Tensor, ...], expected: tuple[Numbers, ...], tolerance: float = 1e-11) -> None:
    for have, want in zip(found, expected, strict=True):
        np.testing.assert_allclose(have.detach().numpy(), want, rtol=tolerance, atol=tolerance)


@decays
@pytest.mark.parametrize("time", [1, 2, 7, 8, 9, 16, 33])
@pytest.mark.parametrize("chunk", [1, 2, 5, 8, 16, 64])
def test_chunks_of_any_length_equal_the_rule(time: int, chunk: int, channels: int) -> None:
    inputs = parts(time, channels)
    assert_is(rule_chunked(*inputs, chunk=chunk), by_steps(*inputs))


@decays
@pytest.mark.parametrize("time", [1, 2, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK + 3])
@pytest.mark.parametrize("form", [rule_recurrent, rule_chunked])
def test_both_forms_equal_the_rule(form: Form, time: int, channels: int) -> None:
    inputs = parts(time, channels)
    assert_is(form(*inputs), by_steps(*inputs))
    half = parts(time, channels, torch.float32)
    assert_is(form(*half), by_steps(*half), 1e-4)


def test_pads_change_neither_the_state_nor_what_follows() -> None:
    """Any cut of the sequence, whose chunks are then padded elsewhere, carries the same state on."""
    inputs = parts(13)
    y, last = by_steps(*inputs)
    for cut in range(1, 13):
        early, late = ([z[:, :, part] for z in inputs[:5]] for part in (slice(cut), slice(cut, None)))
        first, S = rule_chunked(*early, inputs[5], chunk=4)
        second, S = rule_chunked(*late, S, chunk=8)
        assert_is((torch.cat([first, second], 2), S), (y, last))


def loss(form: Form, inputs: tuple[Tensor, ...]) -> Tensor:
    y, S = form(*inputs)
    weights = torch.linspace(-1, 2, y.numel(), dtype=y.dtype).view(y.shape)
    return (y * weights).sum() + S.square().sum()


@decays
def test_gradients_are_those_of_the_rule(channels: int) -> None:
    inputs = tuple(z.requires_grad_() for z in parts(11, channels))
    found = torch.autograd.grad(loss(lambda *z: rule_chunked(*z, chunk=4), inputs), inputs)
    expected = torch.autograd.grad(loss(rule_recurrent, inputs), inputs)
    torch.testing.assert_close(found, expected, rtol=1e-9, atol=1e-9)
    assert torch.autograd.gradcheck(lambda *z: rule_chunked(*z, chunk=4), inputs, fast_mode=True)
    assert torch.autograd.gradcheck(rule_recurrent, inputs, fast_mode=True)


@decays
@forms
def test_a_decay_of_zero_forgets_all(form: Form, channels: int) -> None:
    q, k, e, u, g, S = parts(11, channels)
    for t in (0, 5, 8):
        g[0, :, t] = -math.inf
    inputs = tuple(z.requires_grad_() for z in (q, k, e, u, g, S))
    assert_is(form(*inputs), by_steps(*inputs))
    gradients = torch.autograd.grad(loss(form, inputs), inputs)
    assert all(g.isfinite().all() for g in gradients)
    assert gradients[5][0].abs().sum() == 0 and gradients[5][1].abs().min() > 0
    found = torch.autograd.grad(form(*inputs)[0][0, :, 8:].sum(), inputs[:4])
    assert all(z[0, :, :8].abs().sum() == 0 for z in found)
    assert found[3][0, :, 8:].abs().min() > 0


@forms
def test_one_channel_may_forget_and_the_others_keep(form: Form) -> None:
    q, k, e, u, g, S = parts(6)
    g[...], e[...], u[...] = 0, 0, 0
    g[:, :, 3, 1] = -math.inf
    y, last = form(q, k, e, u, g, S)
    expected = S.clone()
    expected[:, :, 1] = 0
    torch.testing.assert_close(last, expected)
    torch.testing.assert_close(y[:, :, 2], torch.einsum("bhk,bhkv->bhv", q[:, :, 2], S))


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("decay", [-1.0, -30.0, -1e4, -1e30])
def test_strong_decay_neither_overflows_nor_loses_its_digits(decay: float, dtype: torch.dtype) -> None:
    """A difference of sums from the start of a chunk would be noise or infinity; some channels keep all."""
    q, k, e, u, g, S = parts(2 * CHUNK + 3)
    g[..., 0], g[..., 1] = decay, 0.0
    g[:, :, ::7, 2] = decay
    inputs = tuple(z.to(dtype).requires_grad_() for z in (q, k, e, u, g, S))
    found = rule_chunked(*inputs)
    assert_is(found, by_steps(*inputs), 1e-4 if dtype == torch.float32 else 1e-11)
    gradients = torch.autograd.grad(loss(rule_chunked, inputs), inputs)
    expected = torch.autograd.grad(loss(rule_recurrent, inputs), inputs)
    for have, want in zip(gradients, expected, strict=True):
        scale = float(want.abs().max())
        torch.testing.assert_close(
            have, want, rtol=0, atol=(1e-4 if dtype == torch.float32 else 1e-11) * scale
        )


def test_decayed_products_are_the_sum_that_they_say() -> None:
    rows, k, _, _, g, _ = (z.numpy() for z in parts(8))
    found = decayed_products(*(torch.from_numpy(z[1, 2]) for z in (rows, k, g))).numpy()
    rows, k, g = (z[1, 2] for z in (rows, k, g))
    for t, s in np.ndindex(8, 8):
        between = np.exp(g[s + 1 : t + 1].sum(0))
        assert found[t, s] == pytest.approx((rows[t] * k[s] * between).sum() if s <= t else 0, abs=1e-14)


def test_with_one_number_for_a_head_it_is_the_rule_of_deltanet() -> None:
    q, k, _, v, g, S = parts(37, channels=1)
    beta = torch.rand(2, 3, 37, 1, generator=torch.Generator().manual_seed(0), dtype=torch.float64) * 2
    found = rule_chunked(q, k, beta * k, beta * v, g, S, chunk=8)
    torch.testing.assert_close(found, delta_chunked(q, k, v, g[..., 0], beta[..., 0], S))


def test_without_erasing_it_is_attention_without_a_softmax() -> None:
    """y_t = sum_{s <= t} (q_t . k_s) v_s."""
    q, k, _, v, g, S = parts(21)
    y, last = rule_chunked(q, k, 0 * k, v, 0 * g, 0 * S, chunk=8)
    torch.testing.assert_close(y, (q @ k.mT).tril() @ v)
    torch.testing.assert_close(last, k.mT @ v)


@forms
def test_rwkv_7_is_two_steps_of_it(form: Form) -> None:
    """S_t = S_{t-1} (Diag(w) + a b^T) + v k^T, S (d_value, d_key): a key to erase under and one to write."""
    random = torch.Generator().manual_seed(0)
    w, a, b, k, v, q = (torch.randn(7, 4, generator=random, dtype=torch.float64) for _ in range(6))
    w = torch.exp(-torch.exp(w))
    S = np.zeros((4, 4))
    expected = []
    for t in range(7):
        S = S @ (np.diag(w[t]) + np.outer(a[t], b[t])) + np.outer(v[t], k[t])
        expected.append(S @ q[t].numpy())
    zero = torch.zeros_like(k)
    pairs = [(q, q), (b, k), (-a / w, zero), (zero, v), (w.log(), zero)]
    woven = (torch.stack(pair, 1).flatten(0, 1)[None, None] for pair in pairs)
    y, last = form(*woven, torch.zeros(1, 1, 4, 4, dtype=torch.float64))
    assert_is((y[0, 0, 1::2], last[0, 0]), (np.stack(expected), S.T))


def transition(k: Numbers, b: Numbers) -> Numbers:
    """What one step that writes nothing makes of S = I."""
    n = len(k)
    key = torch.from_numpy(k).view(1, 1, 1, n)
    zero, S = torch.zeros_like(key), torch.eye(n, dtype=torch.float64).view(1, 1, n, n)
    return rule_chunked(zero, key, torch.from_numpy(b) * key, zero, zero, S)[1][0, 0].numpy()


def keys(count: int, n: int) -> Numbers:
    k = np.random.default_rng(0).normal(size=(count, n))
    return k / np.linalg.norm(k, axis=1, keepdims=True)


@pytest.mark.parametrize("top", [1, 2])
def test_one_eigenvalue_is_one_minus_the_weighted_mean_of_b(top: int) -> None:
    for k, b in zip(keys(50, 4), np.random.default_rng(1).uniform(0, top, (50, 4)), strict=True):
        eigenvalues = np.sort_complex(np.linalg.eigvals(transition(k, b)))
        expected = 1 - (b * k * k).sum()
        assert 1 - top <= expected <= 1
        np.testing.assert_allclose(eigenvalues, [expected, 1, 1, 1], atol=1e-7)


def test_beta_2_is_a_mirror_and_two_of_them_are_a_turn() -> None:
    """By twice the angle between the keys, from the first to the second."""
    angles = 0.3, 1.1
    k = np.array([[math.cos(a), math.sin(a)] for a in angles])
    first, second = (transition(each, np.full(2, 2.0)) for each in k)
    for mirror in (first, second):
        np.testing.assert_allclose(mirror @ mirror, np.eye(2), atol=1e-15)
        assert np.linalg.det(mirror) == pytest.approx(-1)
    turn = 2 * (angles[1] - angles[0])
    expected = [[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]]
    np.testing.assert_allclose(second @ first, expected, atol=1e-15)


def test_a_step_lengthens_nothing_if_b_is_one_number_and_may_if_it_is_not() -> None:
    random = np.random.default_rng(1)
    for k, beta in zip(keys(200, 3), random.uniform(0, 2, 200), strict=True):
        decayed = transition(k, np.full(3, beta)) @ np.diag(np.exp(-random.uniform(0, 2, 3)))
        assert np.linalg.norm(decayed, 2) <= 1 + 1e-14
    long, short = math.sqrt(3) / 2, 1 / 2
    first = transition(np.array([long, short]), np.array([0.0, 1.0]))
    second = transition(np.array([short, long]), np.array([1.0, 0.0]))
    trace, det = 27 / 16, 9 / 16
    growth = (trace + math.sqrt(trace**2 - 4 * det)) / 2
    assert growth > 1.23
    assert np.abs(np.linalg.eigvals(second @ first)).max() == pytest.approx(growth)


def layer_by_the_equations(
    layer: DeltaRule, x: Numbers, S: Numbers, negative: bool, resets: tuple[int, ...] = ()
) -> Numbers:
    """For one row x (time, d_model) and its state S (n_heads, d_key, d_value), which it changes."""
    weights = {name: p.detach().numpy() for name, p in layer.named_parameters()}
    n, steps, d = layer.n_heads, layer.steps, x.shape[1]
    numbers = {"none": 0, "head": n, "channel": d}

    def sigmoid(z: Numbers) -> Numbers:
        return (2 if negative else 1) / (1 + np.exp(-z))

    outputs = []
    for t, x_t in enumerate(x):
        made = list(weights["into.weight"] @ x_t)

        def take(count: int, made: list[float] = made) -> Numbers:
            taken, made[:count] = np.array(made[:count]), []
            return taken

        q = take(d).reshape(n, -1)
        k = [take(d).reshape(n, -1) for _ in range(steps)]
        v = [take(d).reshape(n, -1) for _ in range(steps)]
        if layer.erase == "channel":
            strengths = [sigmoid(take(2 * d)).reshape(n, 2, -1) for _ in range(steps)]
        else:
            strengths = [sigmoid(take(numbers[layer.erase])) for _ in range(steps)]
        decay = np.ones((n, d // n))
        if layer.decay != "none":
            g = np.log1p(np.exp(take(numbers[layer.decay]) + weights["dt_bias"])).reshape(n, -1)
            decay = decay * np.exp(-np.exp(weights["A_log"])[:, None] * g)
        assert made == []
        y = []
        for h in range(n):
            S[h] = 0 if t in resets else decay[h][:, None] * S[h]
            for j in range(steps):
                key = k[j][h] / np.sqrt((k[j][h] ** 2).sum() + 1e-6)
                b, w = (0, 1) if layer.erase == "none" else (strengths[j][h],) * 2
                if layer.erase == "channel":
                    b, w = strengths[j][h]
                erased = np.outer(key, S[h].T @ (b * key))
                S[h] = S[h] - erased + np.outer(key, w * v[j][h])
            y.append(S[h].T @ (q[h] / np.sqrt((q[h] ** 2).sum() + 1e-6)))
        outputs.append(weights["out.weight"] @ np.concatenate(y))
    return np.stack(outputs)


@pytest.mark.parametrize(("decay", "erase"), SWITCHES, ids=str)
@pytest.mark.parametrize(("steps", "negative"), [(1, False), (1, True), (2, True), (3, False)], ids=str)
def test_the_layer_equals_the_equations(decay: str, erase: str, steps: int, negative: bool) -> None:
    torch.manual_seed(0)
    layer = DeltaRule(6, 2, decay, erase, steps, negative).double()
    for time in (1, 2, 9, CHUNK - 1, CHUNK, CHUNK + 1):
        x, S = (torch.randn(shape, dtype=torch.float64) for shape in ((2, time, 6), (2, 2, 3, 3)))
        resets = () if time == 1 else (0, time // 2)
        reset = torch.zeros(2, time, dtype=torch.bool)
        reset[1, list(resets)] = True
        with torch.no_grad():
            y, (after,) = layer(x, (S,), reset=reset if resets else None)
        for row in range(2):
            state = S[row].numpy().copy()
            expected = layer_by_the_equations(layer, x[row].numpy(), state, negative, resets if row else ())
            np.testing.assert_allclose(y[row].numpy(), expected, rtol=1e-10, atol=1e-10)
            np.testing.assert_allclose(after[row].numpy(), state, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("negative", [False, True])
def test_with_the_defaults_it_is_deltanet_weight_for_weight(negative: bool) -> None:
    torch.manual_seed(0)
    theirs = DeltaNet(12, 3, negative).double()
    torch.manual_seed(0)
    ours = DeltaRule(12, 3, negative=negative).double()
    x, reset = torch.randn(2, 150, 12, dtype=torch.float64), torch.rand(2, 150) < 0.02
    for (name, ours_p), (their_name, their_p) in zip(
        ours.named_parameters(), theirs.named_parameters(), strict=True
    ):
        assert name == their_name and torch.equal(ours_p, their_p)
    torch.testing.assert_close(ours(x, reset=reset), theirs(x, reset=reset), rtol=1e-11, atol=1e-11)


def test_a_token_of_several_steps_decays_once() -> None:
    """With nothing to erase or write, S after a token is that of one step."""
    torch.manual_seed(0)
    layer = DeltaRule(8, 2, "head", "none", steps=3).double()
    with torch.no_grad():
        layer.into.weight[32:56] = 0  # v, after q and three times k
        S = torch.randn(1, 2, 4, 4, dtype=torch.float64)
        x = torch.randn(1, 1, 8, dtype=torch.float64)
        _, (after,) = layer(x, (S,))
        delta = torch.nn.functional.softplus(layer.into.weight[-2:] @ x[0, 0] + layer.dt_bias)
        torch.testing.assert_close(after[0], torch.exp(-layer.A_log.exp() * delta)[:, None, None] * S[0])


def test_initial_values() -> None:
    torch.manual_seed(0)
    layer = DeltaRule(2000, 1000, decay="channel")
    assert layer.A_log.shape == (1000,) and layer.dt_bias.shape == (2000,)
    A, delta = layer.A_log.exp().detach(), torch.nn.functional.softplus(layer.dt_bias.detach())
    q = torch.tensor([0.0, 0.25, 0.5, 0.75, 1.0])
    # A quantile of 1,000 numbers is known to 1/63 of their spread, at one standard error.
    torch.testing.assert_close(torch.quantile(A, q), 16 * q, rtol=0, atol=16 * 4 / 63)
    torch.testing.assert_close(torch.quantile(delta.log10(), q), 2 * q - 3, rtol=0, atol=2 * 4 / 63)


def test_a_layer_has_no_weight_that_it_does_not_use() -> None:
    for decay, erase in SWITCHES:
        layer = DeltaRule(8, 2, decay, erase, steps=2)
        layer(torch.randn(2, 5, 8))[0].square().sum().backward()
        for name, p in layer.named_parameters():
            grad = p.grad
            assert grad is not None and grad.flatten(1 if grad.ndim > 1 else 0).abs().sum() > 0, name
            if grad.ndim > 1:
                assert (grad.abs().sum(1) > 0).all(), (decay, erase, name)


@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(dtype: torch.dtype) -> None:
    layer = DeltaRule(4, 2, "channel", "channel", 2).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (S,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype
    assert S.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (S,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and S.dtype == wide


def test_the_state_stays_float32_under_autocast() -> None:
    layer = DeltaRule(4, 2, "channel", "channel", 2)
    with torch.autocast("cpu", torch.bfloat16):
        for time in (1, 2, 100):
            assert layer(torch.randn(2, time, 4))[1][0].dtype == torch.float32


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"n_heads is 4.*divisor of 6"):
        DeltaRule(6, 4)
    with pytest.raises(ValueError, match=r"decay 'key'.*'none', 'head', 'channel'"):
        DeltaRule(6, 2, decay="key")
    with pytest.raises(ValueError, match=r"erase 'both'.*'none', 'head', 'channel'"):
        DeltaRule(6, 2, erase="both")
    with pytest.raises(ValueError, match=r"steps 0.*at least 1"):
        DeltaRule(6, 2, steps=0)
    with pytest.raises(ValueError, match=r"\(2, 2, 3, 2\).*\(2, 2, 3, 3\)"):
        DeltaRule(6, 2)(torch.randn(2, 4, 6), (torch.zeros(2, 2, 3, 2),))
