"""minGRU and minLSTM against their equations over single numbers, closed-form weights, and logarithms."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from minirnn.layers.mingru import MinGRU, MinLSTM

FORMS = [(MinGRU, False), (MinGRU, True), (MinLSTM, False), (MinLSTM, True)]
forms = pytest.mark.parametrize(("kind", "positive"), FORMS, ids=["gru", "gru+", "lstm", "lstm+"])


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def kept_and_candidate(layer: MinGRU, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For x (time, d_in): the share of the old state in the new one, and v."""
    maps = np.split(layer.into.weight.detach().numpy(), layer.maps)
    if isinstance(layer, MinLSTM):
        f, i = sigmoid(x @ maps[0].T), sigmoid(x @ maps[1].T)
        kept = f / (f + i)
    else:
        kept = 1 - sigmoid(x @ maps[0].T)
    v = x @ maps[-1].T
    return kept, np.where(v >= 0, v + 0.5, sigmoid(v)) if layer.positive else v


def by_the_paper(layer: MinGRU, x: np.ndarray, h: np.ndarray) -> np.ndarray:
    hs = []
    for kept, v in zip(*kept_and_candidate(layer, x), strict=True):
        h = kept * h + (1 - kept) * v
        hs.append(h)
    return np.stack(hs)


@forms
def test_equals_the_equations(kind: type[MinGRU], positive: bool) -> None:
    torch.manual_seed(0)
    layer = kind(5, 4, positive=positive).double()
    x = torch.randn(2, 9, 5, dtype=torch.float64)
    h0 = torch.rand(2, 4, dtype=torch.float64)
    reset = torch.zeros(2, 9, dtype=torch.bool)
    reset[1, 4] = True
    y, (h,) = layer(x, (h0,), reset=reset)
    zero = np.zeros(4)
    first = by_the_paper(layer, x[0].numpy(), h0[0].numpy())
    second = [
        by_the_paper(layer, x[1, :4].numpy(), h0[1].numpy()),
        by_the_paper(layer, x[1, 4:].numpy(), zero),
    ]
    expected = np.stack([first, np.concatenate(second)])
    np.testing.assert_allclose(y.detach().numpy(), expected, rtol=1e-12, atol=1e-12)
    assert torch.equal(h, y[:, -1])
    np.testing.assert_allclose(layer(x)[0][0].detach().numpy(), by_the_paper(layer, x[0].numpy(), zero))


@pytest.mark.parametrize("kind", [MinGRU, MinLSTM])
def test_the_positive_form_is_that_of_the_papers_logarithms(kind: type[MinGRU]) -> None:
    """log h_t = A_t + logcumsumexp(log b - A), A_t = sum of log a, with log h_0 as the first term."""
    torch.manual_seed(0)
    layer = kind(5, 4, positive=True).double()
    x = torch.randn(1, 30, 5, dtype=torch.float64)
    h0 = torch.rand(1, 4, dtype=torch.float64)
    kept, v = kept_and_candidate(layer, x[0].numpy())
    A = np.cumsum(np.log(kept), 0)
    terms = np.concatenate([np.log(h0.numpy()), np.log(1 - kept) + np.log(v) - A])
    expected = np.exp(A + np.logaddexp.accumulate(terms)[1:])
    np.testing.assert_allclose(layer(x, (h0,))[0][0].detach().numpy(), expected, rtol=1e-10)


@forms
def test_the_state_is_a_moving_average(kind: type[MinGRU], positive: bool) -> None:
    """h_t = w_t0 h_0 + sum_s w_ts v_s with w_ts = z_s (1 - z_{s+1}) .. (1 - z_t): positive, of sum 1."""
    torch.manual_seed(0)
    layer = kind(5, 3, positive=positive).double()
    x = 3 * torch.randn(1, 12, 5, dtype=torch.float64)
    h0 = torch.randn(1, 3, dtype=torch.float64)
    kept, v = kept_and_candidate(layer, x[0].numpy())
    y = layer(x, (h0,))[0][0].detach().numpy()
    for t in range(12):
        start = np.prod(kept[: t + 1], 0)
        w = np.stack([(1 - kept[s]) * np.prod(kept[s + 1 : t + 1], 0) for s in range(t + 1)])
        np.testing.assert_allclose(start + w.sum(0), 1, rtol=1e-12)
        np.testing.assert_allclose(y[t], start * h0[0].numpy() + (w * v[: t + 1]).sum(0), rtol=1e-10)


@forms
def test_the_state_never_leaves_the_range_of_its_candidates(kind: type[MinGRU], positive: bool) -> None:
    torch.manual_seed(0)
    layer = kind(5, 3, positive=positive).double()
    x = 30 * torch.randn(1, 1000, 5, dtype=torch.float64)
    _, v = kept_and_candidate(layer, x[0].numpy())
    seen = np.concatenate([np.zeros((1, 3)), v])
    y = layer(x)[0][0].detach().numpy()
    assert (y <= np.maximum.accumulate(seen)[1:] * (1 + 1e-12)).all()
    assert (y >= np.minimum.accumulate(seen)[1:] * (1 + 1e-12)).all()
    assert np.abs(y).max() > 10


def set_maps(layer: MinGRU, *columns: float) -> None:
    """Make every map multiply its one input by the given number."""
    with torch.no_grad():
        layer.into.weight.copy_(torch.tensor(columns).view(-1, 1))


def test_shut_gates_still_share_out_the_state() -> None:
    """In float32 sigmoid(-200) is 0, and f / (f + i) would be 0 / 0; it is 1 / (1 + e^-2)."""
    layer = MinLSTM(1, 1)
    set_maps(layer, -200.0, -202.0, 0.0)
    y, _ = layer(torch.ones(1, 1, 1), (torch.ones(1, 1),))
    assert float(y.detach()) == pytest.approx(1 / (1 + math.exp(-2)), rel=1e-4)
    y.sum().backward()
    assert layer.into.weight.grad is not None and layer.into.weight.grad.isfinite().all()


def test_a_small_share_keeps_its_digits() -> None:
    """1 - sigmoid(20) is 0 in float32; what is left of the state is sigmoid(-20)."""
    layer = MinGRU(1, 1)
    set_maps(layer, 20.0, 0.0)
    y, _ = layer(torch.ones(1, 1, 1), (torch.ones(1, 1),))
    assert float(y.detach()) == pytest.approx(1 / (1 + math.exp(20)), rel=1e-6)


def test_positive_candidates_are_positive_and_continuous() -> None:
    layer = MinGRU(1, 1, positive=True).double()
    u = torch.tensor([-30.0, -2.0, -1e-9, 0.0, 1e-9, 2.0], dtype=torch.float64).view(-1, 1, 1)
    with torch.no_grad():
        layer.into.weight.copy_(torch.tensor([[0.0], [1.0]]))
    v = 2 * layer(u)[0].flatten()  # the gate is 1/2
    expected = [math.exp(-30) / (1 + math.exp(-30)), 1 / (1 + math.exp(2)), 0.5, 0.5, 0.5, 2.5]
    np.testing.assert_allclose(v.detach().numpy(), expected, rtol=1e-8)


@pytest.mark.parametrize("alpha", [1, 2, 3, 4])
def test_weights_beside_those_of_the_gated_networks(alpha: int) -> None:
    """2 / (3 (1 + alpha)) of a GRU's and 3 / (4 (1 + alpha)) of an LSTM's, for d_hidden = alpha d_in."""
    d = 6
    gru, lstm = nn.GRU(d, alpha * d, bias=False), nn.LSTM(d, alpha * d, bias=False)
    for small, large, ratio in ((MinGRU, gru, 2 / 3), (MinLSTM, lstm, 3 / 4)):
        count = sum(p.numel() for p in small(d, alpha * d).parameters())
        assert count / sum(p.numel() for p in large.parameters()) == pytest.approx(ratio / (1 + alpha))


@forms
@pytest.mark.parametrize("dtype", [torch.bfloat16, torch.float16, torch.float32, torch.float64])
def test_the_state_is_at_least_float32(kind: type[MinGRU], positive: bool, dtype: torch.dtype) -> None:
    layer = kind(4, 4, positive=positive).to(dtype)
    wide = torch.float64 if dtype == torch.float64 else torch.float32
    y, (h,) = layer(torch.randn(2, 3, 4, dtype=dtype))
    assert y.dtype == dtype
    assert h.dtype == layer.initial_state(2)[0].dtype == wide
    y_t, (h,) = layer.step(torch.randn(2, 4, dtype=dtype), layer.initial_state(2))
    assert y_t.dtype == dtype and h.dtype == wide
