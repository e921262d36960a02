"""Attention against a float64 loop over single queries and keys, with rotations as complex numbers."""

import math

import numpy as np
import pytest
import torch

from minirnn.layers import attention
from minirnn.layers.attention import Attention
from minirnn.layers.shared.rope import rope_angles, rope_turns, rotate


def turned(head: np.ndarray, position: int, n_pairs: int) -> np.ndarray:
    """(d_head,) with pair (k, k + n) read as a complex number and turned by position * 10000^(-k/n)."""
    result = head.copy()
    for k in range(n_pairs):
        z = complex(head[k], head[k + n_pairs]) * np.exp(1j * position * 10_000.0 ** (-k / n_pairs))
        result[k], result[k + n_pairs] = z.real, z.imag
    return result


def one_by_one(layer: Attention, x: np.ndarray, window: int | None, n_pairs: int) -> np.ndarray:
    """One document x (time, d_model)."""
    d, n_q, n_kv = layer.d_head, layer.n_heads, layer.n_kv_heads
    qkv = (x @ layer.qkv.weight.detach().numpy().T).reshape(len(x), n_q + 2 * n_kv, d)
    q, k, v = qkv[:, :n_q], qkv[:, n_q : n_q + n_kv], qkv[:, n_q + n_kv :]
    y = np.zeros((len(x), n_q, d))
    for t in range(len(x)):
        seen = range(0 if window is None else max(0, t - window + 1), t + 1)
        assert window is None or len(seen) <= window
        for h in range(n_q):
            g = h // (n_q // n_kv)
            query = turned(q[t, h], t, n_pairs)
            score = np.array([query @ turned(k[s, g], s, n_pairs) / math.sqrt(d) for s in seen])
            p = np.exp(score - score.max())
            y[t, h] = (p / p.sum()) @ np.stack([v[s, g] for s in seen])
    return y.reshape(len(x), -1) @ layer.out.weight.detach().numpy().T


@pytest.mark.parametrize("plain_scores", [0, 10**6], ids=["kernel", "plain"])
@pytest.mark.parametrize("window", [None, 1, 2, 3, 5, 13, 40])
@pytest.mark.parametrize(("n_kv_heads", "rope_fraction"), [(1, 1.0), (2, 0.5), (4, 0.0)])
def test_equals_a_loop_over_queries_and_keys(
    window: int | None,
    n_kv_heads: int,
    rope_fraction: float,
    plain_scores: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attention, "PLAIN_SCORES", plain_scores)
    torch.manual_seed(0)
    layer = Attention(16, 4, n_kv_heads, window, rope_fraction).double()
    x = 2 * torch.randn(2, 13, 16, dtype=torch.float64)
    reset = torch.zeros(2, 13, dtype=torch.bool)
    reset[1, 6] = True
    n_pairs = {1.0: 2, 0.5: 1, 0.0: 0}[rope_fraction]
    first, before, after = (one_by_one(layer, d.numpy(), window, n_pairs) for d in (x[0], x[1, :6], x[1, 6:]))
    for y in (layer(x)[0][:1], layer(x, reset=reset)[0][:1]):
        np.testing.assert_allclose(y[0].detach().numpy(), first, rtol=1e-10, atol=1e-11)
    y, _ = layer(x, reset=reset)
    np.testing.assert_allclose(y[1].detach().numpy(), np.concatenate([before, after]), rtol=1e-10, atol=1e-11)


def test_a_window_of_w_sees_w_keys() -> None:
    layer = Attention(4, 1, window=3).double()
    x = torch.randn(1, 10, 4, dtype=torch.float64, requires_grad=True)
    layer(x)[0][0, 7].sum().backward()
    assert x.grad is not None
    assert x.grad[0].abs().sum(-1).nonzero().flatten().tolist() == [5, 6, 7]


def test_steps_go_round_the_ring() -> None:
    """Far beyond the window, with rows at different positions, a step still equals the loop."""
    torch.manual_seed(0)
    layer = Attention(8, 2, window=4).double()
    x = torch.randn(2, 30, 8, dtype=torch.float64)
    reset = torch.zeros(2, 30, dtype=torch.bool)
    reset[1, 5] = True
    _, state = layer(x[:, :7], reset=reset[:, :7])
    rows = []
    for t in range(7, 30):
        y, state = layer.step(x[:, t], state)
        assert state[0].shape == (2, 1, 4, 4)
        rows.append(y)
    assert state[2].tolist() == [30, 25]
    y = torch.stack(rows, 1).detach().numpy()
    np.testing.assert_allclose(y[0], one_by_one(layer, x[0].numpy(), 4, 2)[7:], rtol=1e-10, atol=1e-11)
    np.testing.assert_allclose(y[1], one_by_one(layer, x[1, 5:].numpy(), 4, 2)[2:], rtol=1e-10, atol=1e-11)


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_angles_are_exact_far_out(dtype: torch.dtype) -> None:
    positions = [0, 1, 100, 99_999, 100_000, 10_000_019]
    angle = rope_angles(torch.tensor(positions), rope_turns(16), dtype)
    assert angle.dtype == dtype
    for row, p in zip(angle.double(), positions, strict=True):
        for k, found in enumerate(row.tolist()):
            exact = p * 10_000.0 ** (-k / 16)
            # A frequency is held to 2^-49 of a turn; float32 rounds an angle up to 2 pi twice.
            bound = 1e-11 + p * 2 * math.pi * 2.0**-49 + (1e-6 if dtype == torch.float32 else 2e-9)
            assert abs(math.remainder(found - exact, 2 * math.pi)) < bound


def test_which_pairs_turn_and_how_fast() -> None:
    def speeds(*arguments: object) -> list[float]:
        return (2 * math.pi * rope_turns(*arguments).double() / 2**48).tolist()

    assert speeds(4) == pytest.approx([1, 0.1, 0.01, 0.001], rel=1e-9)
    assert speeds(4, 0.5) == pytest.approx([1, 0.01], rel=1e-9), "a smaller head, with all speeds"
    assert speeds(4, 0.5, True) == pytest.approx([1, 0.1], rel=1e-9), "the fastest half"
    assert speeds(4, 0.0, True) == []
    layer = Attention(8, 1, rope_fraction=0.75, p_rope=True)
    assert torch.equal(layer.rope.turns, rope_turns(4, 0.75, True))


def test_scores_depend_on_the_distance_alone() -> None:
    torch.manual_seed(0)
    q, k = torch.randn(2, 8, dtype=torch.float64)
    turns = rope_turns(4)

    def score(i: int, j: int) -> float:
        angle = rope_angles(torch.tensor([i, j]), turns, torch.float64)
        return float(rotate(q, angle[0]) @ rotate(k, angle[1]))

    assert score(12, 5) == pytest.approx(score(100_012, 100_005), rel=1e-8)
    assert score(12, 5) != pytest.approx(score(12, 6), rel=1e-3)
    assert score(3, 3) == pytest.approx(float(q @ k), rel=1e-12)


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match=r"n_heads is 3.*d_model = 8"):
        Attention(8, 3)
    with pytest.raises(ValueError, match=r"n_kv_heads is 3.*n_heads"):
        Attention(8, 4, 3)
    with pytest.raises(ValueError, match=r"window is 0.*at least 1"):
        Attention(8, 2, window=0)
    with pytest.raises(ValueError, match=r"state has shapes.*\(2, 1, 5, 4\)"):
        Attention(8, 2, window=5)(torch.zeros(2, 3, 8), Attention(8, 2, window=4).initial_state(2))
    for fraction in (-0.1, 1.5):
        with pytest.raises(ValueError, match=rf"fraction of rotary pairs is {fraction}, expected .* 0 to 1"):
            Attention(8, 2, rope_fraction=fraction)
