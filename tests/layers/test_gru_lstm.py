"""GRU and LSTM against torch.nn with copied weights."""

import pytest
import torch
from torch import Tensor, nn

from minirnn.layers.gru import GRU
from minirnn.layers.lstm import LSTM

PAIRS = {"gru": (GRU, nn.GRU, nn.GRUCell), "lstm": (LSTM, nn.LSTM, nn.LSTMCell)}


@pytest.fixture(params=PAIRS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def results(layer: nn.Module, x: Tensor, y: Tensor, last: Tensor) -> list[Tensor]:
    """y, the last state, and the gradients of an uneven loss of both, parameters by name."""
    loss = (y * torch.linspace(-1, 2, y.numel(), dtype=y.dtype).view(y.shape)).sum() + last.square().sum()
    named = dict(layer.named_parameters())
    wanted = [x, *(named[n] for n in sorted(named))]
    return [y, last, *torch.autograd.grad(loss, wanted)]


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_equals_torch(kind: str, dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    ours_class, theirs_class, _ = PAIRS[kind]
    ours, theirs = ours_class(5, 7).to(dtype), theirs_class(5, 7, batch_first=True, dtype=dtype)
    theirs.load_state_dict({f"{name}_l0": p for name, p in ours.state_dict().items()})
    x = torch.randn(3, 11, 5, dtype=dtype, requires_grad=True)
    y, state = ours(x)
    y_theirs, state_theirs = theirs(x)
    stacked = torch.stack(state)
    stacked_theirs = torch.stack([s[0] for s in (state_theirs if kind == "lstm" else (state_theirs,))])
    tolerance = 1e-6 if dtype == torch.float32 else 1e-12
    expected = results(theirs, x, y_theirs, stacked_theirs)
    for found, want in zip(results(ours, x, y, stacked), expected, strict=True):
        torch.testing.assert_close(
            found, want, rtol=tolerance, atol=tolerance * max(1.0, float(want.detach().abs().max()))
        )


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_a_step_equals_torchs_cell(kind: str, dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    ours_class, _, cell_class = PAIRS[kind]
    ours, cell = ours_class(5, 7).to(dtype), cell_class(5, 7, dtype=dtype)
    cell.load_state_dict(ours.state_dict())
    x, h, c = torch.randn(3, 5, dtype=dtype), torch.randn(3, 7, dtype=dtype), torch.randn(3, 7, dtype=dtype)
    tolerance = 1e-6 if dtype == torch.float32 else 1e-12
    if kind == "gru":
        y, state = ours.step(x, (h,))
        expected = (cell(x, h),)
    else:
        y, state = ours.step(x, (h, c))
        expected = cell(x, (h, c))
    torch.testing.assert_close(state, expected, rtol=tolerance, atol=tolerance)
    assert torch.equal(y, state[0])


def test_weights_start_uniform_as_in_torch(kind: str) -> None:
    torch.manual_seed(0)
    for p in PAIRS[kind][0](32, 16).parameters():
        assert 0.22 < p.abs().max() <= 0.25
