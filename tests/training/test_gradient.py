"""What a GPU needs of a training step, as far as a CPU can tell; tests/gpu has the rest."""

import copy
import math

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from minirnn.base.errors import UserError
from minirnn.lm import LanguageModel, preset_config
from minirnn.presets import GPU_PRESETS
from minirnn.text import corpus
from minirnn.training import loop, observers, trainer
from minirnn.training import run as train
from minirnn.training.loss import Loss
from minirnn.training.optim.muon import Muon
from minirnn.training.progress import Meter
from minirnn.training.settings import resolve
from minirnn.training.trainer import Trainer
from tests.training.runs import Recorder, contents, metrics, small, write_text

WAITING = ("_local_scalar_dense", "is_nonzero", "nonzero", "masked_select", "equal", "allclose")


@pytest.fixture(autouse=True)
def one_thread(monkeypatch):
    monkeypatch.setattr(train, "SAMPLE_LENGTH", 20)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def text(tmp_path):
    return write_text(tmp_path)


@pytest.fixture
def ahead(monkeypatch):
    """Every device is treated as one that works through a queue."""
    monkeypatch.setattr(trainer, "runs_ahead", lambda device: True)


def make(tmp_path, text, preset, **changes):
    torch.manual_seed(0)
    config, data = resolve(small(text, preset=preset, **changes)), corpus.load(str(text))
    model = LanguageModel(preset_config(preset, data.vocabulary.size, d_model=32, n_layers=3))
    return Trainer(model, data, config, tmp_path, Recorder())


# -- no waiting --------------------------------------------------------------------------------------


class NoWaiting(TorchDispatchMode):
    """Fails where a value of a tensor decides what happens next, for which a host must wait."""

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        name = func.overloadpacket.__name__
        # Picking by a mask: how many there are decides the shape.
        mask = name.startswith("index") and isinstance(args[1], list | tuple) and args[1]
        if name in WAITING or (mask and any(x is not None and x.dtype == torch.bool for x in mask)):
            raise AssertionError(f"{func} makes the host wait for the device")
        return func(*args, **(kwargs or {}))


@pytest.mark.parametrize("waits", [torch.Tensor.item, bool, float, torch.nonzero, lambda x: x[x > 0]])
def test_the_guard_sees_what_waits(waits):
    with NoWaiting(), pytest.raises(AssertionError, match="makes the host wait"):
        waits(torch.ones(1))


@pytest.mark.parametrize("preset", ["hawk", *GPU_PRESETS])
@pytest.mark.parametrize("carry", [True, False])
def test_no_step_waits(tmp_path, text, ahead, preset, carry, monkeypatch):
    ours = make(tmp_path, text, preset, carry=carry)
    assert ours.loss.compiled == (preset in GPU_PRESETS and not carry)
    loop.learn(ours, 0.5)

    def wait(*_):
        raise AssertionError("makes the host wait for the device")

    with monkeypatch.context() as patch:
        # These look into the memory directly, which the guard would not see.
        for name in ("tolist", "numpy", "cpu"):
            patch.setattr(torch.Tensor, name, wait)
        with NoWaiting():
            for _ in range(4):
                loop.learn(ours, 0.5)
    assert (ours.now.good_step, ours.now.loss_steps) == (0, 0)
    ours.now.read()
    assert (ours.now.good_step, ours.now.loss_steps) == (5, 5)
    with NoWaiting(), pytest.raises(AssertionError, match="makes the host wait"):
        ours.now.meter.broken.item()


def test_running_ahead_changes_no_weight(tmp_path, text, monkeypatch):
    train.train(small(text), tmp_path / "plain", reporter=Recorder())
    monkeypatch.setattr(trainer, "runs_ahead", lambda device: True)
    train.train(small(text), tmp_path / "ahead", reporter=Recorder())
    plain, ahead = ((tmp_path / name / "checkpoint.safetensors").read_bytes() for name in ("plain", "ahead"))
    assert plain == ahead
    for one, other in zip(metrics(tmp_path / "plain"), metrics(tmp_path / "ahead"), strict=True):
        assert one.keys() == other.keys()
        for name in one.keys() & {"loss", "grad_norm", "val_loss"}:
            assert one[name] == pytest.approx(other[name], rel=1e-5)


# -- divergence --------------------------------------------------------------------------------------


def test_the_meter_sums_until_something_is_no_number():
    meter = Meter(torch.device("cpu"))
    held = meter.broken
    for loss, norm in ((2.0, 0.5), (3.0, 0.25)):
        meter.add(torch.tensor(loss), torch.tensor(norm))
    assert meter.read() == (5.0, 2, 3.0, 0.25, False)
    assert meter.read() == (0.0, 0, 3.0, 0.25, False)
    meter.add(torch.tensor(1.0), torch.tensor(0.5))
    for loss, norm in ((4.0, math.inf), (math.nan, 1.0), (1.0, 1.0)):
        meter.add(torch.tensor(loss), torch.tensor(norm))
        assert held.item() == 1, "the optimisers hold this tensor"
    assert meter.read() == (1.0, 1, 4.0, math.inf, True)


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_an_optimiser_that_found_no_number_leaves_the_weights(value):
    torch.manual_seed(0)
    start = torch.randn(4, 6)
    makers = [
        lambda p: Muon([p], lr=0.1, weight_decay=0.1),
        lambda p: torch.optim.AdamW([p], lr=0.1, weight_decay=0.1, fused=True),
    ]
    for make in makers:
        results = []
        for flagged in (False, True):
            p = torch.nn.Parameter(start.clone())
            optimizer = make(p)
            broken = torch.zeros(())
            if flagged:
                optimizer.found_inf = broken
            for grad in (torch.ones(4, 6), start):
                p.grad = grad.clone()
                optimizer.step()
            results.append(p.detach().clone())
        assert torch.equal(*results), "without an event the flag must change nothing"
        broken.fill_(1)
        p.grad = torch.full((4, 6), value)
        optimizer.step()
        assert torch.equal(p, results[0])


@pytest.mark.parametrize("preset", ["hawk", "griffin-gpu"])
def test_what_is_no_number_reaches_neither_weights_nor_disk(tmp_path, text, ahead, preset):
    ours = make(tmp_path, text, preset, carry=False)
    ours.save()
    for _ in range(3):
        loop.learn(ours, 1.0)
    kept, saved = copy.deepcopy(ours.model.state_dict()), contents(tmp_path)
    hook = ours.model.head.weight.register_hook(lambda grad: grad * math.nan)
    loop.learn(ours, 1.0)
    hook.remove()
    loop.learn(ours, 1.0)  # nobody has noticed yet
    assert all(torch.equal(kept[name], tensor) for name, tensor in ours.model.state_dict().items())
    with pytest.raises(
        UserError, match=r"after step 3: the loss is \d.* gradient nan. The checkpoint of step 0"
    ):
        ours.save()
    assert contents(tmp_path) == saved


@pytest.mark.parametrize("last", [False, True])
def test_a_run_that_diverges_says_so_wherever_it_is_noticed(tmp_path, text, ahead, monkeypatch, last):
    monkeypatch.setattr(observers, "REPORT_SECONDS", 1e9)
    real = loop.learn

    def spoil(this, scale):
        if this.now.step == (11 if last else 7):
            with torch.no_grad():
                next(this.model.parameters()).fill_(math.nan)
        return real(this, scale)

    monkeypatch.setattr(loop, "learn", spoil)
    with pytest.raises(UserError, match=rf"after step {11 if last else 7}: the loss is nan .*of step 0"):
        train.train(small(text), tmp_path / "run", reporter=Recorder())


# -- compiling ---------------------------------------------------------------------------------------


def tiny(preset, n_layers=3, dropout=False):
    """A small model, by default without dropout, and tokens for it."""
    torch.manual_seed(0)
    model = LanguageModel(preset_config(preset, 11, d_model=32, n_layers=n_layers))
    if not dropout:
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
    tokens = torch.randint(11, (2, 18))
    return model, tokens[:, :-1], tokens[:, 1:]


def found(loss_of, model, inputs, targets):
    """The loss and the gradients that a call gives."""
    model.zero_grad()
    loss, _ = loss_of(inputs, targets, None)
    loss.backward()
    return loss.detach(), {name: p.grad.clone() for name, p in model.named_parameters()}


def assert_close(left, right, tolerance):
    assert left[0].item() == pytest.approx(right[0].item(), rel=0.1 * tolerance)
    for name, grad in right[1].items():
        assert (left[1][name] - grad).norm() <= tolerance * grad.norm(), name


# Warnings of torch's tracer and compiler about their own doings.
quiet_compiler = [
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


def with_marks(function):
    for mark in quiet_compiler:
        function = mark(function)
    return function


@with_marks
@pytest.mark.parametrize("preset", GPU_PRESETS)
def test_compiled_in_bfloat16_is_the_same_gradient_but_rounded(preset, monkeypatch):
    real = torch.compile
    monkeypatch.setattr(
        torch, "compile", lambda f, **how: real(f, backend="aot_eager", fullgraph=True, **how)
    )
    model, inputs, targets = tiny(preset)
    told = []
    exact = found(Loss(model, 1.0, compiled=False, tell=told.append), model, inputs, targets)
    loss_of = Loss(model, 1.0, compiled=True, tell=told.append)
    eager = found(loss_of, model, inputs, targets)
    loss_of.compile(inputs, targets)
    assert loss_of.rounded != loss_of._rounded and loss_of.seconds > 0 and not told
    optimizer = torch.optim.AdamW(model.parameters(), lr=1e-3)
    for step in range(3):
        compiled = found(loss_of, model, inputs, targets)
        if step == 0:
            assert_close(compiled, eager, 0.05)
            assert_close(compiled, exact, 0.05)
        optimizer.step()
    plain = found(Loss(model, 1.0, compiled=False, tell=told.append), model, inputs, targets)
    assert_close(found(loss_of, model, inputs, targets), plain, 0.05)
    assert plain[0] < exact[0]


@with_marks
def test_compiling_changes_no_weight_no_gradient_and_no_random_number(monkeypatch):
    real = torch.compile
    monkeypatch.setattr(torch, "compile", lambda f, **how: real(f, backend="aot_eager", **how))
    model, inputs, targets = tiny("griffin-gpu", dropout=True)
    before, random = copy.deepcopy(model.state_dict()), torch.get_rng_state()
    Loss(model, 1.0, compiled=True, tell=print).compile(inputs, targets)
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())
    assert all(p.grad is None for p in model.parameters())
    assert torch.equal(random, torch.get_rng_state())


def test_a_compiler_that_fails_is_told_once_and_done_without(monkeypatch):
    def fail(f, **how):
        def call(*args):
            raise RuntimeError("no C++ compiler\nmany more lines")

        return call

    monkeypatch.setattr(torch, "compile", fail)
    model, inputs, targets = tiny("griffin-gpu")
    told = []
    loss_of = Loss(model, 1.0, compiled=True, tell=told.append)
    eager = found(loss_of, model, inputs, targets)
    loss_of.compile(inputs, targets)
    assert told == ["torch.compile fails here (no C++ compiler): training goes on without it, more slowly."]
    again = found(loss_of, model, inputs, targets)
    assert torch.equal(eager[0], again[0]) and len(told) == 1


def test_where_there_is_no_gpu_its_presets_say_so(tmp_path, text):
    reporter = Recorder()
    train.train(small(text, preset="griffin-gpu", steps=2), tmp_path / "run", reporter=reporter)
    assert reporter.all("message") == [
        "griffin-gpu is made for a CUDA device: here it trains in float32, not compiled, slowly."
    ]


@with_marks
def test_a_run_compiles_before_its_clock_starts(tmp_path, text, ahead, monkeypatch):
    real = torch.compile
    monkeypatch.setattr(torch, "compile", lambda f, **how: real(f, backend="aot_eager", **how))
    reporter = Recorder()
    config = small(text, preset="griffin-gpu", carry=False, steps=12)
    result = train.train(config, tmp_path / "run", reporter=reporter)
    assert reporter.all("message") == ["Compiling the model, which the clock of training does not count."]
    compiled = reporter.all("progress")[-1]["compile_seconds"]
    assert compiled > 0 and result.best["step"] <= 12
    # Compiling is seconds, the 12 steps are not: the clock that counted both would show it.
    assert metrics(tmp_path / "run", set())[0]["seconds"] >= 0
    assert result.status == "finished"
