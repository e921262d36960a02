"""Layers and language models that read a sequence which is cut over processes, against one process."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.blocks import CausalConv1d, GatedMLP, RecurrentBlock, ResidualBlock
from minirnn.blocks.mamba import Mamba2Block, MambaBlock
from minirnn.layers.attention import Attention
from minirnn.layers.cglru import CGLRU
from minirnn.layers.contract import State
from minirnn.layers.delta_rule import DeltaRule
from minirnn.layers.deltanet import DeltaNet
from minirnn.layers.gru import GRU
from minirnn.layers.linear import LinearRNN
from minirnn.layers.lru import LRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.mamba3 import Mamba3
from minirnn.layers.mingru import MinGRU, MinLSTM
from minirnn.layers.rglru import RGLRU
from minirnn.layers.rnn import RNN
from minirnn.layers.s4d import S4D
from minirnn.layers.s5 import S5
from minirnn.layers.s6 import S6
from minirnn.layers.ssd import SSD
from minirnn.lm import LanguageModel, LMConfig, preset_config
from minirnn.presets import PRESETS
from minirnn.scan import cut_over
from tests.ranks import ranks
from tests.thorough import few

SIZES = few([3, 2, 4])
EXACT = 1e-10
DIM, VOCAB, BATCH = 4, 7, 2
SPLIT = ("hawk", "lru", "s4d", "s5", "mamba", "mingru")  # the presets that can
# Even, uneven, and with pieces shorter than the convolution's reach of 3, one after the other, at both ends.
CUTS = {
    2: [(6, 6), (1, 11), (10, 2)],
    3: [(4, 4, 4), (1, 1, 10), (2, 9, 1)],
    4: [(3, 3, 3, 3), (1, 1, 1, 9), (5, 1, 2, 4)],
}

LAYERS: dict[str, Callable[[], nn.Module]] = {
    "rglru": lambda: RGLRU(DIM, n_blocks=2),
    "cglru": lambda: CGLRU(DIM),
    "lru": lambda: LRU(DIM, 3),
    "s4d": lambda: S4D(DIM, 4),
    "s5": lambda: S5(DIM, 4),
    "s6": lambda: S6(DIM, 2),
    "mingru": lambda: MinGRU(DIM, DIM),
    "minlstm": lambda: MinLSTM(DIM, DIM),
    "conv": lambda: CausalConv1d(DIM),
    "conv-width-1": lambda: CausalConv1d(DIM, width=1),
    "recurrent-block": lambda: RecurrentBlock(DIM, 6, RGLRU(6)),
    "residual-block": lambda: ResidualBlock(DIM, RecurrentBlock(DIM, 6, LRU(6, 2)), GatedMLP(DIM, 5)),
    "mamba-block": lambda: MambaBlock(DIM, 2),
    **{f"lm-{preset}": lambda preset=preset: tiny(preset) for preset in SPLIT},
}


def tiny(preset: str, n_layers: int = 2) -> LanguageModel:
    sizes = {"d_model": DIM, "d_rnn": 6, "n_blocks": 2, "n_heads": 2, "d_state": 4}
    config = preset_config(preset, VOCAB).to_dict()
    config |= sizes | {"n_layers": n_layers, "d_mlp": config["d_mlp"] and 5, "n_kv_heads": 1}
    return LanguageModel(LMConfig.from_dict(config))


@pytest.fixture(scope="module", params=SIZES)
def run(request: pytest.FixtureRequest) -> Iterator[Callable[..., list[Any]]]:
    """See `tests.ranks`: calls a function on 2, 3 or 4 processes; `run.size` says on how many."""
    with ranks(request.param) as call:
        call.size = request.param  # type: ignore[attr-defined]
        yield call


def made(name: str) -> nn.Module:
    """The layer, with the same weights in every process, none of them zero."""
    torch.manual_seed(0)
    layer = LAYERS[name]().double()
    with torch.no_grad():
        for p in layer.parameters():
            p.add_(0.1 * torch.randn_like(p))
    return layer


def inputs(layer: nn.Module, time: int, seed: int) -> Tensor:
    random = torch.Generator().manual_seed(seed)
    if isinstance(layer, LanguageModel):
        return torch.randint(VOCAB, (BATCH, time), generator=random)
    return torch.randn(BATCH, time, DIM, generator=random, dtype=torch.float64)


def resets(time: int) -> Tensor:
    """At the first step, at seams of some cuts, and two in the reach of one convolution."""
    reset = torch.zeros(BATCH, time, dtype=torch.bool)
    reset[0, [0, 6]] = reset[1, [1, 2, 9]] = True
    return reset


def weighted(y: Tensor, state: State, first_step: int, rank: int) -> Tensor:
    """A loss that weighs outputs by their place in the whole sequence, and last states by the rank."""
    steps = torch.arange(first_step, first_step + y.shape[1], dtype=y.dtype)
    weights = torch.sin(1 + steps)[:, None] + torch.cos(torch.arange(y.shape[-1], dtype=y.dtype))
    last = [s.sum() * (1 + rank) for s in state if s.is_floating_point() and s.requires_grad]
    return (y * weights).sum() + sum(last)


def on_rank(name: str, lengths: tuple[int, ...], with_reset: bool) -> dict[str, Any]:
    """Two windows of a sequence, each cut over the ranks; only the second is in the loss."""
    rank = dist.get_rank()
    layer, time, start = made(name), sum(lengths), sum(lengths[:rank])
    piece = slice(start, start + lengths[rank])
    windows = [inputs(layer, time, seed)[:, piece].clone() for seed in (1, 2)]
    leaves = [x.requires_grad_() for x in windows if x.is_floating_point()]
    reset = resets(time)[:, piece].clone() if with_reset else None
    with cut_over(dist.group.WORLD):
        _, state = layer(windows[0])
        y, state = layer(windows[1], state, reset=reset)
    weighted(y, state, start, rank).backward()
    return {
        "y": y.detach(),
        "state": [s.detach() for s in state],
        "x": [x.grad for x in leaves],
        "weights": [p.grad for p in layer.parameters()],
    }


def in_one(name: str, size: int, time: int, with_reset: bool) -> dict[str, Any]:
    layer = made(name)
    windows = [inputs(layer, time, seed) for seed in (1, 2)]
    leaves = [x.requires_grad_() for x in windows if x.is_floating_point()]
    _, state = layer(windows[0])
    y, state = layer(windows[1], state, reset=resets(time) if with_reset else None)
    # The last state is in the loss of every rank: 1 + 2 + ... times.
    weighted(y, state, 0, size * (size + 1) // 2 - 1).backward()
    return {
        "y": y.detach(),
        "state": [s.detach() for s in state],
        "x": [x.grad for x in leaves],
        "weights": [p.grad for p in layer.parameters()],
    }


def assert_same(actual: object, expected: object) -> None:
    torch.testing.assert_close(actual, expected, rtol=EXACT, atol=EXACT)


@pytest.mark.parametrize("name", LAYERS)
@pytest.mark.parametrize("with_reset", [False, True], ids=["", "reset"])
def test_values_states_and_gradients_equal_one_process(run, name, with_reset) -> None:
    whole = in_one(name, run.size, 12, with_reset)
    for lengths in CUTS[run.size]:
        parts = run(on_rank, name, lengths, with_reset)
        assert_same(torch.cat([part["y"] for part in parts], 1), whole["y"])
        for part in parts:
            assert_same(part["state"], whole["state"])
        for window, expected in enumerate(whole["x"]):
            assert_same(torch.cat([part["x"][window] for part in parts], 1), expected)
        for i, expected in enumerate(whole["weights"]):
            assert_same(torch.stack([part["weights"][i] for part in parts]).sum(0), expected)


def state_in(name: str, nonsense: bool) -> Tensor:
    """y, from a state that only the first rank knows; the others give none, or nonsense."""
    rank, layer = dist.get_rank(), made(name)
    _, state = layer(inputs(layer, 5, 3))
    state = tuple(s.detach() for s in state)
    if rank and nonsense:
        state = tuple(torch.full_like(s, float("nan") if s.is_floating_point() else 1) for s in state)
    x = inputs(layer, 4 * dist.get_world_size(), 1)[:, 4 * rank : 4 * rank + 4]
    with cut_over(dist.group.WORLD):
        return layer(x, None if rank and not nonsense else state)[0].detach()


@pytest.mark.parametrize("name", ["rglru", "conv", "lm-hawk", "lm-mamba"])
def test_the_first_ranks_state_counts_and_no_other(run, name) -> None:
    layer = made(name)
    expected = layer(inputs(layer, 4 * run.size, 1), layer(inputs(layer, 5, 3))[1])[0].detach()
    for nonsense in (True, False):
        assert_same(torch.cat(run(state_in, name, nonsense), 1), expected)


def trained(preset: str, lengths: tuple[int, ...], steps: int, group_size: int) -> dict[str, Any]:
    """The losses and weights of some steps of AdamW on one long sequence after the other, the state carried.

    This is all that a training loop needs for it: the loss is summed over this rank's tokens and divided by
    the number of all, and the gradients are added up over the ranks.
    """
    group = dist.group.WORLD if group_size > 1 else None
    rank = dist.get_rank() if group_size > 1 else 0
    torch.manual_seed(0)
    model = tiny(preset).double()
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-2)
    time, start = sum(lengths), sum(lengths[:rank])
    stop = start + (lengths[rank] if group_size > 1 else time)
    state, losses = None, []
    for step in range(steps):
        # Two texts with a period, one in each row; each step reads on where the last one ended.
        place = torch.arange(step * time, (step + 1) * time + 1)
        text = torch.stack([place % 3, place % 5 + 2])
        text, targets = text[:, :-1], text[:, 1:]
        with cut_over(group):
            logits, state = model(text[:, start:stop], state)
        state = tuple(s.detach() for s in state)
        loss = F.cross_entropy(logits.flatten(0, 1), targets[:, start:stop].flatten(), reduction="sum")
        loss = loss / targets.numel()
        optimiser.zero_grad()
        loss.backward()
        if group is not None:
            dist.all_reduce(loss.detach_())
            for p in model.parameters():
                dist.all_reduce(p.grad)
        optimiser.step()
        losses.append(loss.item())
    return {"losses": losses, "weights": [p.detach() for p in model.parameters()]}


@pytest.mark.parametrize("preset", ["hawk", "lru", "mamba"])
def test_a_language_model_trains_as_in_one_process(run, preset) -> None:
    lengths = tuple(5 + 3 * r for r in range(run.size))
    parts = run(trained, preset, lengths, 12, run.size)
    alone = trained(preset, lengths, 12, 1)
    assert alone["losses"][-1] < 0.8 * alone["losses"][0], "or there would be little to compare"
    for part in parts:
        torch.testing.assert_close(part["losses"], alone["losses"], rtol=1e-10, atol=1e-10)
        # AdamW divides by the size of a gradient: rounding in those near zero shows most here.
        torch.testing.assert_close(part["weights"], alone["weights"], rtol=1e-7, atol=1e-7)


def sent(preset: str, time: int) -> dict[str, int]:
    """The bytes that this rank sends for one layer, forward and backward, counted where torch takes them."""
    isend, size = dist.isend, 0

    def counting(x: Tensor, *args: Any, **kwargs: Any) -> Any:
        nonlocal size
        size += x.numel() * x.element_size()
        return isend(x, *args, **kwargs)

    torch.manual_seed(0)
    model = tiny(preset, n_layers=1)
    try:
        dist.isend = counting
        with cut_over(dist.group.WORLD):
            logits, _ = model(torch.zeros(BATCH, time, dtype=torch.int64))
        logits.sum().backward()
    finally:
        dist.isend = isend
    return size


def test_what_a_language_model_sends_does_not_depend_on_time(run) -> None:
    short, long = run(sent, "hawk", 64), run(sent, "hawk", 4096)
    assert short == long
    seams, label = run.size - 1, 96
    state, reach = BATCH * 6 * 4, BATCH * 3 * 6 * 4
    # The scan: four states each way in two messages. The convolution: the tail, to the next rank and to all.
    assert sum(short) == seams * 2 * (4 * state + 2 * label) + seams * 2 * (2 * reach + 2 * label)


def refused() -> dict[str, str]:
    """What each preset says that cannot."""
    said = {}
    for preset in PRESETS:
        if preset not in SPLIT:
            with pytest.raises(ValueError) as error, cut_over(dist.group.WORLD):
                tiny(preset, n_layers=3)(torch.zeros(1, 3, dtype=torch.int64))
            said[preset] = str(error.value)
    return said


def test_a_preset_that_cannot_says_so() -> None:
    with ranks(1) as run:
        (said,) = run(refused)
    assert set(said) == set(PRESETS) - set(SPLIT)
    for message in said.values():
        assert "cannot read a sequence that is cut over processes" in message and "hawk" in message
        assert "\n" not in message


class Theirs(nn.Module):
    """A layer of somebody else's, which knows nothing of cuts."""

    step = initial_state = None

    def forward(self, x: Tensor, state: State | None = None, *, reset: Tensor | None = None) -> Any:
        raise AssertionError("it was asked")


@pytest.mark.parametrize(
    "make",
    [
        lambda: RNN(DIM, 3),
        lambda: GRU(DIM, 3),
        lambda: LSTM(DIM, 3),
        lambda: LinearRNN(DIM, 3),
        lambda: SSD(DIM, 2, 2),
        lambda: DeltaNet(DIM, 2),
        lambda: DeltaRule(DIM, 2),
        lambda: Attention(DIM, 2),
        lambda: Mamba2Block(DIM, 2, 4),
        lambda: Mamba3(DIM, 2, 4),
        lambda: RecurrentBlock(DIM, DIM, DeltaNet(DIM, 2)),
        lambda: ResidualBlock(DIM, RecurrentBlock(DIM, DIM, RNN(DIM, DIM)), None),
        lambda: ResidualBlock(DIM, Theirs(), None),
    ],
)
def test_a_layer_that_cannot_be_cut_says_so_before_anything_is_sent(make) -> None:
    layer = make()
    with cut_over("what nobody may look at"), pytest.raises(ValueError) as error:
        layer(torch.zeros(1, 3, DIM))
    assert "cannot read a sequence that is cut over processes" in str(error.value)
