"""The contract of every sequence layer, block and language model (the text of `minirnn.layers`), in one file.

To put a new layer under the contract, add one line to LAYERS.
"""

import copy
import importlib
import pkgutil
import unittest.mock
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

import minirnn.layers
from minirnn.blocks import CausalConv1d, GatedMLP, RecurrentBlock, ResidualBlock, RMSNorm
from minirnn.blocks.mamba import Mamba2Block, MambaBlock
from minirnn.layers.attention import Attention
from minirnn.layers.cglru import CGLRU
from minirnn.layers.contract import Layer, State, state_count
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
from minirnn.lm.pretrained import recurrent_gemma
from minirnn.lm.stack import Stack, TiedHead
from minirnn.presets import PRESETS

DIM = 8
VOCAB = 7

LAYERS: dict[str, Callable[[], nn.Module]] = {
    "rglru-code": lambda: RGLRU(DIM, n_blocks=2, init="code"),
    "rglru-paper": lambda: RGLRU(DIM, init="paper"),
    "cglru": lambda: CGLRU(DIM, n_blocks=2),
    "mingru": lambda: MinGRU(DIM, 5),
    "mingru-positive": lambda: MinGRU(DIM, 5, positive=True),
    "minlstm": lambda: MinLSTM(DIM, 5),
    "minlstm-positive": lambda: MinLSTM(DIM, 5, positive=True),
    "s6": lambda: S6(DIM, d_state=3, dt_rank=2),
    "ssd": lambda: SSD(DIM, d_state=3, head_dim=4),
    "deltanet": lambda: DeltaNet(DIM, n_heads=2),
    "deltanet-negative": lambda: DeltaNet(DIM, n_heads=2, negative=True),
    "linear-attention": lambda: DeltaRule(DIM, 2, decay="none", erase="none"),
    "kda": lambda: DeltaRule(DIM, 2, decay="channel"),
    "gdn2-product": lambda: DeltaRule(DIM, 2, "channel", "channel", steps=2, negative=True),
    "mamba": lambda: MambaBlock(DIM, d_state=3),
    "mamba2": lambda: Mamba2Block(DIM, d_state=3, head_dim=4),
    "mamba2-groups": lambda: Mamba2Block(DIM, d_state=3, head_dim=4, n_groups=2),
    "mamba3": lambda: Mamba3(DIM, d_state=4, head_dim=8),
    "rnn": lambda: RNN(DIM, 3),
    "linear-rnn": lambda: LinearRNN(DIM, 3),
    "lru": lambda: LRU(DIM, 3),
    "s4d-lin": lambda: S4D(DIM, d_state=4),
    "s4d-legs": lambda: S4D(DIM, d_state=4, init="legs"),
    "s4d-inv-recurrent": lambda: S4D(DIM, d_state=4, init="inv", convolve=False),
    "s4d-real-recurrent": lambda: S4D(DIM, d_state=2, init="real", convolve=False),
    "s5-zoh": lambda: S5(DIM, d_state=6),
    "s5-bilinear-blocks": lambda: S5(DIM, d_state=8, blocks=2, rule="bilinear"),
    "attention-global": lambda: Attention(DIM, n_heads=2, n_kv_heads=2),
    "attention-global-mqa": lambda: Attention(DIM, n_heads=2),
    "attention-local-mqa": lambda: Attention(DIM, n_heads=2, window=3, rope_fraction=0.5),
    "attention-local-mha": lambda: Attention(DIM, n_heads=1, window=4),
    "attention-itself": lambda: Attention(DIM, n_heads=2, window=1),
    "gru": lambda: GRU(DIM, 3),
    "lstm": lambda: LSTM(DIM, 3),
    "conv": lambda: CausalConv1d(DIM),
    "conv-width-1": lambda: CausalConv1d(DIM, width=1),
    "attention-p-rope": lambda: Attention(DIM, n_heads=1, rope_fraction=0.75, p_rope=True),
    "recurrent-block": lambda: RecurrentBlock(DIM, 6, RGLRU(6, n_blocks=2)),
    "residual-recurrent": lambda: ResidualBlock(DIM, RecurrentBlock(DIM, 6, RGLRU(6)), GatedMLP(DIM, 5)),
    "residual-without-mlp": lambda: ResidualBlock(DIM, RGLRU(DIM), None),
    "residual-attention": lambda: ResidualBlock(DIM, Attention(DIM, 2, window=3), GatedMLP(DIM, 5)),
    **{f"lm-{preset}": lambda preset=preset: _tiny_lm(preset) for preset in PRESETS},
    "lm-tied": lambda: Stack(VOCAB, DIM, _tiny_lm("griffin").blocks, tied=True),
    "recurrent-gemma": lambda: recurrent_gemma.build(GEMMA),
}
GEMMA = {
    "vocab_size": VOCAB,
    "hidden_size": DIM,
    "lru_width": 6,
    "intermediate_size": 10,
    "num_attention_heads": 2,
    "num_key_value_heads": 1,
    "num_hidden_layers": 2,
    "block_types": ["recurrent", "attention"],
    "attention_bias": False,
    "attention_window_size": 3,
    "conv1d_width": 4,
    "rms_norm_eps": 1e-6,
    "logits_soft_cap": 3.0,
}


def _tiny_lm(preset: str) -> LanguageModel:
    sizes = {
        "d_model": DIM,
        "d_rnn": 6,
        "n_blocks": 2,
        "n_heads": 2,
        "n_layers": max(2, len(PRESETS[preset].pattern)),
        "d_state": 4,
        "dropout": 0.0,  # with it no two calls are the same
    }
    config = preset_config(preset, VOCAB).to_dict()
    config |= sizes | {"d_mlp": config["d_mlp"] and 5, "window": config["window"] and 3}
    config["n_kv_heads"] = min(config["n_kv_heads"], 2)
    return LanguageModel(LMConfig.from_dict(config))


@pytest.fixture(params=LAYERS)
def layer(request: pytest.FixtureRequest) -> nn.Module:
    """A layer in float64 with no weight at zero, so that no term can go missing unnoticed."""
    torch.manual_seed(0)
    layer = LAYERS[request.param]().double()
    with torch.no_grad():
        for p in layer.parameters():
            p.add_(0.1 * torch.randn_like(p))
    return layer


def inputs(layer: nn.Module, batch: int, time: int, seed: int = 1) -> Tensor:
    """(batch, time, DIM) in the layer's dtype, with a gradient; for a language model tokens (batch, time)."""
    generator = torch.Generator().manual_seed(seed)
    if isinstance(layer, Stack):
        return torch.randint(VOCAB, (batch, time), generator=generator)
    x = torch.randn(batch, time, DIM, generator=generator, dtype=torch.float64)
    return x.to(next(layer.parameters()).dtype).requires_grad_()


def resets(*rows: tuple[int, ...], time: int) -> Tensor:
    """(batch, time) bool, True at the given steps of each row."""
    reset = torch.zeros(len(rows), time, dtype=torch.bool)
    for row, steps in zip(reset, rows, strict=True):
        row[list(steps)] = True
    return reset


def in_chunks(
    layer: nn.Module, x: Tensor, lengths: list[int], reset: Tensor | None = None, state: State | None = None
) -> tuple[Tensor, State | None]:
    """The outputs of one call after the other, each starting from the state that the last one left."""
    outputs, start = [], 0
    for length in lengths:
        stop = start + length
        y, state = layer(x[:, start:stop], state, reset=None if reset is None else reset[:, start:stop])
        outputs.append(y)
        start = stop
    assert start == x.shape[1]
    return torch.cat(outputs, 1), state


def in_steps(layer: nn.Module, x: Tensor, state: State | None = None) -> tuple[Tensor, State]:
    """The outputs of `step` in a loop."""
    state = layer.initial_state(x.shape[0]) if state is None else state
    outputs = []
    for x_t in x.unbind(1):
        y_t, state = layer.step(x_t, state)
        outputs.append(y_t)
    return torch.stack(outputs, 1), state


def gradients(layer: nn.Module, x: Tensor, y: Tensor) -> list[Tensor]:
    """The gradients of a fixed, uneven loss of y: with respect to x, where it has one, and all parameters."""
    loss = (y.to(torch.float64) * torch.linspace(-1, 2, y.numel(), dtype=torch.float64).view(y.shape)).sum()
    wanted = [*([x] if x.requires_grad else []), *layer.parameters()]
    found = torch.autograd.grad(loss, wanted, allow_unused=True, retain_graph=True)
    return [torch.zeros_like(w) if g is None else g for w, g in zip(wanted, found, strict=True)]


def assert_same(actual: object, expected: object, tolerance: float = 1e-10) -> None:
    torch.testing.assert_close(actual, expected, rtol=tolerance, atol=tolerance, check_dtype=False)


def test_every_layer_and_block_is_under_the_contract() -> None:
    files = [f"minirnn.layers.{file.name}" for file in pkgutil.iter_modules(minirnn.layers.__path__)]
    found = [thing for name in (*files, "minirnn.blocks", "minirnn.blocks.mamba") for thing in _things(name)]
    assert RGLRU in found and MambaBlock in found
    assert set(found) <= {type(make()) for make in LAYERS.values()}


def _things(module: str) -> list[type[nn.Module]]:
    """The classes of that module which have a step."""
    every = vars(importlib.import_module(module)).values()
    kinds = [thing for thing in every if isinstance(thing, type) and issubclass(thing, nn.Module)]
    return [kind for kind in kinds if hasattr(kind, "step") and kind is not Layer]


def test_a_file_of_a_layer_can_be_shown_whole() -> None:
    for folder in minirnn.layers.__path__:
        for file in Path(folder).rglob("*.py"):
            assert len(file.read_text(encoding="utf-8").splitlines()) <= 150, file.name


@pytest.mark.parametrize("lengths", [[1, 10], [5, 6], [3, 1, 1, 6], [1] * 11], ids=str)
@pytest.mark.parametrize("with_reset", [False, True], ids=["", "reset"])
def test_chunks_equal_one_call(layer: nn.Module, lengths: list[int], with_reset: bool) -> None:
    x = inputs(layer, 2, 11)
    reset = resets((4,), (0, 5, 6), time=11) if with_reset else None
    whole, whole_state = layer(x, reset=reset)
    chunked, chunked_state = in_chunks(layer, x, lengths, reset)
    assert_same(chunked, whole)
    assert_same(gradients(layer, x, chunked), gradients(layer, x, whole))
    # The states may differ in what nothing can read any more, so compare what they lead to.
    more = inputs(layer, 2, 6, seed=2)
    assert_same(in_chunks(layer, more, [6], state=chunked_state)[0], layer(more, whole_state)[0])


def test_a_split_anywhere_changes_nothing(layer: nn.Module) -> None:
    x, reset = inputs(layer, 2, 11).detach(), resets((4,), (0, 5, 6), time=11)
    with torch.no_grad():
        plain, with_reset = layer(x)[0], layer(x, reset=reset)[0]
        for split in range(1, 11):
            assert_same(in_chunks(layer, x, [split, 11 - split])[0], plain)
            assert_same(in_chunks(layer, x, [split, 11 - split], reset)[0], with_reset)


def test_a_length_that_no_chunk_divides(layer: nn.Module) -> None:
    x = inputs(layer, 2, 131).detach()
    with torch.no_grad():
        whole, state = layer(x)
        stepped, stepped_state = in_steps(layer, x)
        assert_same(stepped, whole)
        assert_same(in_chunks(layer, x, [67, 64])[0], whole)
        assert_same(layer(x[:, :5], state)[0], layer(x[:, :5], stepped_state)[0])


def test_an_initial_state_equals_none(layer: nn.Module) -> None:
    x = inputs(layer, 2, 5)
    assert_same(layer(x, layer.initial_state(2))[0], layer(x)[0])


def test_gradient_flows_from_one_call_into_the_one_before(layer: nn.Module) -> None:
    if (type(layer) is Attention and layer.window == 1) or (type(layer) is CausalConv1d and layer.width == 1):
        return  # they see one step only
    first, second = inputs(layer, 2, 5), inputs(layer, 2, 3, seed=2)
    _, state = layer(first)
    y, _ = layer(second, state)
    carried = [s for s in state if s.requires_grad]
    assert carried
    found = torch.autograd.grad(y.square().sum(), carried, allow_unused=True)
    assert any(g is not None and g.abs().max() > 0 for g in found)


def test_packed_documents_equal_separate_ones(layer: nn.Module) -> None:
    lengths = [[4, 1, 6], [2, 9]]
    x = inputs(layer, 2, 11)
    reset = resets((4, 5), (2,), time=11)
    packed, _ = layer(x, reset=reset)
    assert torch.equal(reset, resets((4, 5), (2,), time=11))
    separate = [
        torch.cat([layer(d)[0] for d in row[None].split(n, 1)], 1) for row, n in zip(x, lengths, strict=True)
    ]
    assert_same(packed, torch.cat(separate))
    assert_same(gradients(layer, x, packed), gradients(layer, x, torch.cat(separate)))


def test_left_padding_with_a_reset_at_the_first_step_leaves_no_trace(layer: nn.Module) -> None:
    x, lengths = inputs(layer, 3, 11), (11, 4, 1)
    reset = resets(*[(11 - length,) for length in lengths], time=11)
    padded, state = layer(x, reset=reset)
    more = inputs(layer, 3, 5, seed=2)
    for row, length in enumerate(lengths):
        alone, its_state = layer(x[row : row + 1, 11 - length :])
        assert_same(padded[row : row + 1, 11 - length :], alone)
        its_more = more[row : row + 1]
        assert_same(layer(more, state)[0][row : row + 1], layer(its_more, its_state)[0])
        assert_same(in_steps(layer, more, state)[0][row : row + 1], in_steps(layer, its_more, its_state)[0])
    if x.requires_grad:  # the gradient of what counts does not reach the padding
        counts = padded[1, 7:].sum() + padded[2, 10:].sum()
        (grad,) = torch.autograd.grad(counts, x)
        assert grad[1, :7].abs().sum() + grad[2, :10].abs().sum() == 0


def test_a_reset_drops_the_carried_state(layer: nn.Module) -> None:
    _, state = layer(inputs(layer, 2, 5, seed=2))
    x = inputs(layer, 2, 7)
    y, after = layer(x, state, reset=resets((0,), (3,), time=7))
    assert_same(y[:1], layer(x[:1])[0])
    assert_same(y[1:, 3:], layer(x[1:, 3:])[0])
    assert_same(y[1:, :3], layer(x[1:, :3], tuple(s[1:] for s in state))[0])
    more = inputs(layer, 2, 6, seed=3)
    fresh = torch.cat(
        [
            layer(torch.cat([x[:1], more[:1]], 1))[0][:, 7:],
            layer(torch.cat([x[1:, 3:], more[1:]], 1))[0][:, 4:],
        ]
    )
    assert_same(layer(more, after)[0], fresh)
    assert_same(in_steps(layer, more, after)[0], fresh)


def test_no_gradient_crosses_a_reset(layer: nn.Module) -> None:
    if isinstance(layer, Stack):
        return  # tokens have no gradient; their blocks are tested one by one
    x = inputs(layer, 1, 9)
    _, state = layer(inputs(layer, 1, 4, seed=2))
    carried = [s for s in state if s.requires_grad]
    y, _ = layer(x, state, reset=resets((5,), time=9))
    found = torch.autograd.grad(y[:, 5:].sum(), [x, *carried], allow_unused=True)
    assert found[0][:, 5:].abs().max() > 0
    assert found[0][:, :5].abs().sum() == 0
    assert all(g is None or g.abs().sum() == 0 for g in found[1:])


@pytest.mark.parametrize("t", [0, 4, 8])
def test_nothing_before_a_change_changes(layer: nn.Module, t: int) -> None:
    x = inputs(layer, 2, 9).detach()
    changed = x.clone()
    changed[:, t] = (x[:, t] + 1) % VOCAB if isinstance(layer, Stack) else x[:, t] + 1
    y, y_changed = layer(x)[0], layer(changed)[0]
    if any(isinstance(module, S4D) and module.convolve for module in layer.modules()):
        # A Fourier transform mixes all steps in its rounding.
        assert_same(y[:, :t], y_changed[:, :t], 1e-13)
    else:
        assert torch.equal(y[:, :t], y_changed[:, :t])
    assert not torch.equal(y[:, t], y_changed[:, t])


# Shorter than the convolution's reach, shorter and longer than the windows, primes.
@pytest.mark.parametrize("time", [1, 2, 3, 7, 13])
def test_steps_equal_forward(layer: nn.Module, time: int) -> None:
    x = inputs(layer, 2, time)
    whole, whole_state = layer(x)
    stepped, stepped_state = in_steps(layer, x)
    assert_same(stepped, whole)
    assert_same(gradients(layer, x, stepped), gradients(layer, x, whole))
    # A state may pass from one to the other.
    more = inputs(layer, 2, 5, seed=2)
    assert_same(in_steps(layer, more, whole_state)[0], layer(more, stepped_state)[0])


def test_a_step_leaves_its_state_as_it_was(layer: nn.Module) -> None:
    _, state = layer(inputs(layer, 2, 5))
    before = [s.clone() for s in state]
    x = inputs(layer, 2, 4, seed=2)
    with torch.no_grad():
        in_steps(layer, x, state)
        layer(x, state, reset=resets((0,), (2,), time=4))
    assert all(torch.equal(a, b) for a, b in zip(state, before, strict=True))


def test_non_contiguous_input(layer: nn.Module) -> None:
    x = inputs(layer, 2, 5).detach()
    if isinstance(layer, Stack):
        strided = x.t().contiguous().t()
    else:
        strided = torch.stack([x, -x], -1).transpose(0, 2)[..., 0].transpose(0, 2)
    assert not strided.is_contiguous()
    assert_same(layer(strided)[0], layer(x)[0])
    assert_same(layer.step(strided[:, 0], layer.initial_state(2))[0], layer(x)[0][:, 0])


def _layouts(s: Tensor) -> list[Tensor]:
    """The same numbers in other places: odd at first, gaps, dimensions turned round, shared rows."""
    odd = torch.empty(s.numel() + 1, dtype=s.dtype)[1:].view(s.shape)
    gaps = torch.empty(*s.shape, 2, dtype=s.dtype)[..., 0]
    others = [odd.copy_(s), gaps.copy_(s), s.transpose(0, -1).contiguous().transpose(0, -1)]
    return [*others, s.mT.contiguous().mT if s.ndim > 1 else s, s[:1].expand_as(s)]


def test_a_state_may_lie_in_memory_in_any_way(layer: nn.Module) -> None:
    x = inputs(layer, 1, 5).detach().expand(3, *[-1] * (1 if isinstance(layer, Stack) else 2))
    _, state = layer(inputs(layer, 1, 4, seed=2).detach())
    state = tuple(s.detach().expand(3, *s.shape[1:]).contiguous() for s in state)
    with torch.no_grad():
        y, y_t = layer(x, state)[0], layer.step(x[:, 0], state)[0]
        y_reset = layer(x, state, reset=resets((1,), (), (0,), time=5))[0]
        for other in zip(*map(_layouts, state), strict=True):
            assert_same(layer(x, other)[0], y)
            assert_same(layer.step(x[:, 0], other)[0], y_t)
            assert_same(layer(x, other, reset=resets((1,), (), (0,), time=5))[0], y_reset)


def test_no_rows(layer: nn.Module) -> None:
    x, none = inputs(layer, 2, 5), torch.zeros(0, 5, dtype=torch.bool)
    rows, shape = x[:0], layer(x)[0].shape
    state = layer.initial_state(0)
    for before, reset in ((None, None), (state, None), (state, none)):
        y, after = layer(rows, before, reset=reset)
        y_t, after_step = layer.step(rows[:, 0], after)
        assert y.shape == (0, *shape[1:]) and y_t.shape == (0, *shape[2:])
        assert [s.dtype for s in state] == [s.dtype for s in after] == [s.dtype for s in after_step]
        assert all(s.shape[0] == 0 for s in (*after, *after_step))
        assert all(g.abs().sum() == 0 for g in gradients(layer, x, y))


def test_the_meta_device(layer: nn.Module, request: pytest.FixtureRequest) -> None:
    """A model that is made without memory calculates shapes, and is this one once it has its weights."""
    x, reset = inputs(layer, 2, 7).detach(), resets((3,), (), time=7)
    y, state = layer(x, reset=reset)
    y_t, _ = layer.step(x[:, 0], state)
    with torch.device("meta"):
        emptied = LAYERS[request.node.callspec.params["layer"]]().double()
    assert all(p.is_meta for p in emptied.parameters())
    on_meta, after = emptied(x.to("meta"), reset=reset.to("meta"))
    assert [s.is_meta for s in (on_meta, *after)] == [True] * (1 + len(after))
    assert [(s.shape, s.dtype) for s in (on_meta, *after)] == [(s.shape, s.dtype) for s in (y, *state)]
    assert emptied.step(x[:, 0].to("meta"), after)[0].shape == y_t.shape
    assigned = copy.deepcopy(emptied)
    assigned.load_state_dict(layer.state_dict(), assign=True)
    emptied.to_empty(device="cpu").load_state_dict(layer.state_dict())
    for other in (emptied, assigned):
        assert_same(other(x, reset=reset)[0], y, 0)
        assert_same(other.step(x[:, 0], state)[0], y_t, 0)
        for (name, ours), (_, theirs) in zip(other.named_buffers(), layer.named_buffers(), strict=True):
            assert torch.equal(ours, theirs), name


class Doubled(nn.Module):
    """Twice what the module in it gives; it has neither the weight nor the attributes of that one."""

    def __init__(self, inner: nn.Module) -> None:
        super().__init__()
        self.inner = inner

    def forward(self, x: Tensor) -> Tensor:
        return 2 * self.inner(x)


def test_what_runs_is_what_the_layer_holds(layer: nn.Module) -> None:
    x, silent = inputs(layer, 2, 2).detach(), dict(layer.named_modules())
    for name, module in list(silent.items()):
        module.register_forward_hook(lambda *_, name=name: silent.pop(name, None) and None)
    before = layer(x)[0].detach()
    assert all(isinstance(module, nn.ModuleList) for module in silent.values()), list(silent)
    for path, module in list(layer.named_modules()):
        if not isinstance(module, (nn.Linear, nn.Embedding, RMSNorm, TiedHead)):
            continue
        parent, _, name = path.rpartition(".")
        setattr(layer.get_submodule(parent), name, Doubled(module))
        y = layer(x, layer.initial_state(2))[0]
        assert not torch.allclose(y, before), path
        assert_same(in_steps(layer, x)[0], y)
        setattr(layer.get_submodule(parent), name, module)
    assert torch.equal(layer(x)[0], before)


def test_gradcheck(layer: nn.Module) -> None:
    parameters = list(layer.parameters())
    x = inputs(layer, 2, 5)
    reset = resets((), (2,), time=5)
    wanted = [*([x] if x.requires_grad else []), *parameters]
    _, state = layer(inputs(layer, 2, 2, seed=2).detach())
    state = tuple(s.detach().requires_grad_(s.is_floating_point()) for s in state)
    wanted += [s for s in state if s.requires_grad]

    def run(*_: Tensor) -> tuple[Tensor, ...]:
        y, after = layer(x, state, reset=reset)
        return y, *(s for s in after if s.is_floating_point())

    assert torch.autograd.gradcheck(run, wanted, atol=1e-6, rtol=1e-4, fast_mode=True)


def test_bfloat16_is_close_to_float32(layer: nn.Module) -> None:
    half = layer.bfloat16()
    x_half = inputs(half, 2, 9).detach()
    y_half, state = half(x_half)
    stepped, _ = in_steps(half, x_half)
    full = half.float()
    y_full, _ = full(x_half if isinstance(full, Stack) else x_half.float())
    assert y_half.dtype == stepped.dtype == torch.bfloat16
    assert all(s.dtype != torch.float64 for s in state)
    # bfloat16 keeps 8 bits: 2^-8 at each of a handful of roundings.
    for y in (y_half, stepped):
        assert (y.float() - y_full).abs().max() <= 0.05 * max(1.0, float(y_full.detach().abs().max()))


def test_autocast_is_close_to_float32(layer: nn.Module) -> None:
    layer = layer.float()
    x = inputs(layer, 2, 9)
    y_full, _ = layer(x)
    with torch.autocast("cpu", torch.bfloat16):
        y, state = layer(x)
        more, _ = in_chunks(layer, x, [4, 5])
        layer.step(x[:, 0], state)
    assert all(g.isfinite().all() for g in gradients(layer, x, y))
    for result in (y, more):
        assert (result.float() - y_full).abs().max() <= 0.05 * max(1.0, float(y_full.detach().abs().max()))


def test_state_dict_round_trip(layer: nn.Module, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.params["layer"]
    torch.manual_seed(9)
    other = LAYERS[name]().double()
    x = inputs(layer, 2, 5)
    assert not torch.equal(other(x)[0], layer(x)[0])
    other.load_state_dict(layer.state_dict())
    assert torch.equal(other(x)[0], layer(x)[0])


# Both are warnings of torch's tracer about its own doings.
@pytest.mark.filterwarnings("ignore:.*should not be instantiated:DeprecationWarning")
@pytest.mark.filterwarnings("ignore:The .grad attribute of a Tensor that is not a leaf:UserWarning")
def test_compiled_is_the_same(layer: nn.Module) -> None:
    torch.compiler.reset()
    x = inputs(layer, 2, 5)
    reset = resets((3,), (), time=5)
    _, state = layer(inputs(layer, 2, 4, seed=2))
    state = tuple(s.detach() for s in state)
    compiled = torch.compile(layer, backend="aot_eager", fullgraph=True)
    y, after = layer(x, state, reset=reset)
    y_compiled, after_compiled = compiled(x, state, reset=reset)
    assert_same(y_compiled, y)
    assert_same(after_compiled, after)
    assert_same(gradients(layer, x, y_compiled), gradients(layer, x, y))


def test_a_wrong_shape_or_dtype_is_named(layer: nn.Module) -> None:
    x = inputs(layer, 2, 5).detach()
    none = torch.zeros(2, 5, dtype=torch.bool)
    if isinstance(layer, Stack):
        wrong = [
            (x[0], r"\(5,\).*\(batch, time\)"),
            (x.int(), "torch.int32.*torch.int64"),
            (x[:, :0], r"\(2, 0\).*time"),
        ]
    else:
        wrong = [
            (x[0], r"\(5, 8\).*\(batch, time, 8\)"),
            (x[..., :3], r"\(2, 5, 3\).*\(batch, time, 8\)"),
            (x[:, :0], r"\(2, 0, 8\).*\(batch, time, 8\)"),
            (x.float(), "torch.float32.*torch.float64"),
            (x.long(), "torch.int64.*torch.float64"),
        ]
    for given, message in wrong:
        with pytest.raises(ValueError, match=message):
            layer(given)
    with pytest.raises(ValueError, match=r"\(2, 4\).*\(2, 5\)"):
        layer(x, reset=none[:, :4])
    with pytest.raises(ValueError, match=r"torch.int64.*torch.bool"):
        layer(x, reset=none.long())
    state = layer.initial_state(2)
    more = tuple(s.new_zeros(2, s.shape[1] + 1, *s.shape[2:]) if s.ndim > 1 else s for s in state)
    for wrong_state in (*map(layer.initial_state, (0, 1, 3)), state[1:], (*state, state[0]), more):
        if wrong_state is more and (type(layer) is Attention and layer.window is None):
            continue  # its cache may have any size
        with pytest.raises(ValueError, match=r"state"):
            layer(x, wrong_state)
        with pytest.raises(ValueError, match=r"state"):
            layer.step(x[:, 0], wrong_state)
    with pytest.raises(ValueError, match=r"state"):  # one row's x with many rows' state
        layer.step(x[:1, 0], state)
    with pytest.raises(ValueError, match=r"int32.*int64" if isinstance(layer, Stack) else "float32.*float64"):
        layer.step(x[:, 0].int() if isinstance(layer, Stack) else x[:, 0].float(), layer.initial_state(2))
    with pytest.raises(ValueError, match=r"\(2, 5"):
        layer.step(x, layer.initial_state(2))


def test_a_state_is_counted_without_making_one(layer: nn.Module) -> None:
    assert state_count(layer) == len(layer.initial_state(1))
    if isinstance(layer, Layer):
        with unittest.mock.patch.object(torch, "zeros", side_effect=AssertionError):
            state_count(layer)


def test_the_state_keeps_its_size(layer: nn.Module) -> None:
    """Neither bytes nor shapes grow with position, except for global attention, whose cache must grow."""
    _, early = layer(inputs(layer, 1, 2))
    _, late = layer(inputs(layer, 1, 40))
    _, next_one = layer.step(inputs(layer, 1, 1)[:, 0], late)
    shapes = [
        [(s.shape, s.dtype) for s in state] for state in (layer.initial_state(1), early, late, next_one)
    ]
    grows = (
        layer.state_grows if isinstance(layer, Stack) else type(layer) is Attention and layer.window is None
    )
    assert all(s == shapes[0] for s in shapes) != grows
