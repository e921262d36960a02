"""Training: the schedule, the data, one step against a plain loop, and whole small runs."""

import copy
import errno
import itertools
import json
import math
import os
import signal
import threading
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from minirnn.base.errors import UsageError, UserError
from minirnn.base.run_folder import LOCK, list_runs, read_config
from minirnn.lm import LanguageModel, preset_config
from minirnn.lm.evaluate import evaluate_stream, evaluate_window
from minirnn.presets import PRESETS
from minirnn.text import corpus
from minirnn.text.ngram import baselines
from minirnn.training import loop, observers, progress, start, trainer
from minirnn.training import machine as speed
from minirnn.training import run as train
from minirnn.training.batches import Cut, windows
from minirnn.training.folder.checkpoint import load_model
from minirnn.training.optim import optimizers as updates
from minirnn.training.optim.optimizers import make_optimizers, schedule
from minirnn.training.reports.lines import summary_lines
from minirnn.training.settings import Length, TrainConfig, choose_device, resolve
from minirnn.training.trainer import Trainer
from tests.training.runs import Recorder, contents, metrics, small, write_text


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(train, "SAMPLE_LENGTH", 20)
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture
def text(tmp_path):
    return write_text(tmp_path)


# -- the settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize("preset", PRESETS)
def test_resolve_fills_every_gap_from_the_recipe(preset):
    config = resolve(TrainConfig(preset=preset))
    recipe, model = PRESETS[preset].recipe, preset_config(preset, 50)
    assert (config.batch, config.seq_len, config.lr, config.carry) == (
        recipe.batch,
        recipe.seq_len,
        recipe.lr,
        recipe.carry,
    )
    assert (config.width, config.depth) == (model.d_model, model.n_layers)
    assert config.length == Length(2, "minutes")
    assert None not in vars(config).values()
    stored = config.stored()
    assert (stored["minutes"], stored["steps"]) == (2, None)
    assert resolve(TrainConfig(**stored)) == config


def test_resolve_keeps_what_is_given():
    given = TrainConfig(
        steps=7,
        batch=3,
        seq_len=5,
        width=32,
        depth=2,
        lr=0.5,
        carry=False,
        keep_best=True,
        compiled=False,
        seed=4,
        corpus="x",
    )
    assert resolve(given).stored() == vars(given)
    assert resolve(TrainConfig(minutes=0.5)).length == Length(0.5, "minutes")


@pytest.mark.parametrize(
    ("length", "words"), [(Length(4000, "steps"), "4,000 steps"), (Length(1.5, "minutes"), "1.5 minutes")]
)
def test_a_length_is_shared_out_and_named(length, words):
    step, second = {"steps": (1000, 0), "minutes": (0, 22.5)}[length.unit]
    assert length.share(step, second) == 0.25 and str(length) == words
    assert length.share(10 * step, 10 * second) == 1.0 and length.share(0, 0.0) == 0.0


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"minutes": 1.0, "steps": 5}, "--minutes or --steps, not both"),
        ({"minutes": 0.0}, "--minutes must be above 0, but it is 0"),
        ({"minutes": math.nan}, "--minutes must be above 0"),
        ({"minutes": math.inf}, "--minutes must be"),
        ({"steps": 0}, "--steps"),
        ({"batch": -1}, "--batch must be above 0, but it is -1"),
        ({"seq_len": 0}, "--seq-len must be above 0, but it is 0"),
        ({"width": 0}, "--width"),
        ({"depth": 0}, "--depth"),
        ({"lr": -0.1}, "--lr"),
        ({"seed": -1}, "--seed must be 0 or more"),
        ({"preset": "perceptron"}, "perceptron"),
    ],
)
def test_settings_that_cannot_be_meant(changes, words):
    with pytest.raises(UsageError, match=words):
        resolve(TrainConfig(**changes))


def test_choose_device(monkeypatch):
    there = {"cuda": False, "mps": False}
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there["cuda"])
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: there["mps"])
    assert choose_device("auto").type == choose_device("cpu").type == "cpu"
    for name in ("cuda", "mps"):
        with pytest.raises(UsageError, match=f"finds no {name} device here"):
            choose_device(name)
    with pytest.raises(UsageError, match="Unknown device 'tpu'"):
        choose_device("tpu")
    there["mps"] = True
    assert choose_device("auto").type == "mps"
    there["cuda"] = True
    assert choose_device("auto").type == "cuda"


# -- the parts ---------------------------------------------------------------------------------------


def test_schedule():
    assert schedule(0) == schedule(1) == updates.LOWEST
    assert schedule(updates.WARM_UP) == pytest.approx(1)
    assert schedule(updates.WARM_UP / 2) == pytest.approx(0.5)
    assert schedule((1 + updates.WARM_UP) / 2) == pytest.approx(0.5)
    assert schedule(1 - 0.1 * (1 - updates.WARM_UP)) == pytest.approx(0.1)


@pytest.mark.parametrize("preset", PRESETS)
def test_only_the_matrices_inside_the_blocks_decay(preset):
    model = LanguageModel(preset_config(preset, 20, d_model=32, n_layers=3))
    before = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    for parameter in model.parameters():
        parameter.grad = torch.zeros_like(parameter)
    for optimizer in make_optimizers(model, 0.1):
        optimizer.step()
    decayed = set()
    for name, parameter in model.named_parameters():
        if not torch.equal(parameter, before[name]):
            factor = 1 - updates.MUON_LR * 0.1 * updates.WEIGHT_DECAY
            torch.testing.assert_close(parameter, factor * before[name])
            decayed.add(name)
    matrices = {name for name, weight in before.items() if name.startswith("blocks.") and weight.ndim == 2}
    maps = {"weight", "weight_ih", "weight_hh", "W", "U"}
    assert decayed == {name for name in matrices if name.split(".")[-1] in maps and "conv" not in name}
    assert len(decayed) >= 6


sizes = {
    "length": st.integers(1, 60),
    "batch": st.integers(1, 5),
    "seq_len": st.integers(1, 9),
    "seed": st.integers(0, 5),
}


@given(**sizes, step=st.integers(0, 50), carry=st.booleans())
def test_a_window_is_text_and_what_follows_it(length, batch, seq_len, seed, step, carry):
    ids = np.arange(length, dtype=np.uint16)
    cut = Cut(batch, seq_len, carry, seed)
    inputs, targets, _ = windows(ids, step, cut)
    assert inputs.shape == targets.shape == (batch, seq_len)
    assert inputs.dtype == targets.dtype == torch.int64
    # ids[i] = i, so that the next token on the ring is the id plus one.
    assert torch.equal(targets, (inputs + 1) % length)
    assert torch.equal(inputs[:, 1:], targets[:, :-1])
    assert torch.equal(windows(ids, step, cut)[0], inputs)


@given(**sizes)
def test_carried_streams_read_on_and_share_the_text(length, batch, seq_len, seed):
    ids = np.arange(length)
    per_epoch = max(1, length // batch // seq_len)
    for epoch in range(3):
        steps = range(epoch * per_epoch, (epoch + 1) * per_epoch)
        parts = [windows(ids, step, Cut(batch, seq_len, True, seed)) for step in steps]
        assert [fresh for *_, fresh in parts] == [True] + [False] * (per_epoch - 1)
        read = torch.cat([inputs for inputs, *_ in parts], dim=1)
        assert torch.equal(read[:, 1:], (read[:, :-1] + 1) % length)
        if length // batch >= seq_len:  # no token is read twice in an epoch
            assert read.unique().numel() == read.numel()
            assert length - read.numel() < batch * (seq_len + 1)


def test_each_epoch_and_each_seed_starts_elsewhere():
    ids = np.arange(10_000)
    first = {
        (seed, epoch): windows(ids, epoch * 10, Cut(10, 100, True, seed))[0][0, 0].item()
        for seed in range(3)
        for epoch in range(3)
    }
    assert len(set(first.values())) == 9


def test_windows_that_start_anywhere():
    ids = np.arange(10_000)
    parts = [windows(ids, step, Cut(8, 4, False, 0)) for step in range(200)]
    assert all(fresh for *_, fresh in parts)
    starts = torch.stack([inputs[:, 0] for inputs, *_ in parts]).double()
    assert starts.unique().numel() > 1400
    # Uniform on 0..9999: the mean of 1600 draws is 5000 with a standard error of 72.
    assert abs(starts.mean() - 5000) < 5 * 72
    other = windows(ids, 0, Cut(8, 4, False, 1))[0]
    assert not torch.equal(other, parts[0][0])


@pytest.mark.parametrize("carry", [True, False])
def test_learn_is_a_plain_training_loop(tmp_path, text, carry, monkeypatch):
    monkeypatch.setattr(loop, "CLIP", 0.1)
    config = resolve(small(text, carry=carry, batch=3, lr=0.01))
    data = corpus.load(str(text))
    torch.manual_seed(0)
    model = LanguageModel(preset_config("hawk", data.vocabulary.size, d_model=32, n_layers=1))
    plain = copy.deepcopy(model)

    # Which optimisers there are is another question; here there are two, with different learning rates.
    def two(model, lr):
        matrices = [p for p in model.parameters() if p.ndim > 1]
        others = [p for p in model.parameters() if p.ndim < 2]
        return [torch.optim.SGD(matrices, lr=5 * lr), torch.optim.AdamW(others, lr=lr, betas=(0.8, 0.9))]

    monkeypatch.setattr(trainer, "make_optimizers", two)
    monkeypatch.setattr(speed, "_multiplies_bfloat16", lambda: False)  # nor is what rounding does
    ours = Trainer(model, data, config, tmp_path, Recorder())
    sgd, adamw = two(plain, 1.0)
    state, before = None, 0.0
    for step in range(5):
        scale = [0.1, 1, 0.5, 0.3, 0.2][step]
        loop.learn(ours, scale)
        loss, norm = ours.now.loss_sum - before, ours.now.norm
        before = ours.now.loss_sum

        inputs, targets, fresh = windows(data.train, step, Cut(3, 16, carry, 3))
        assert fresh == (not carry or step == 0)
        logits, after = plain(inputs, state)
        expected = -torch.log_softmax(logits, -1).gather(-1, targets[..., None]).mean()
        plain.zero_grad()
        expected.backward()
        length = math.sqrt(sum(p.grad.double().square().sum().item() for p in plain.parameters()))
        for p in plain.parameters():
            p.grad *= min(1, 0.1 / length)
        sgd.param_groups[0]["lr"] = 5 * 0.01 * scale
        adamw.param_groups[0]["lr"] = 0.01 * scale
        sgd.step()
        adamw.step()
        assert ours.now.lr == pytest.approx(0.01 * scale)
        state = [s.detach() for s in after] if carry else None
        state = tuple(state) if state else None

        assert (loss, norm) == (pytest.approx(expected.item(), rel=1e-5), pytest.approx(length, rel=1e-4))
        assert length > 0.1, "the clip is not tested"
    assert ours.now.step == 5
    for left, right in zip(model.parameters(), plain.parameters(), strict=True):
        torch.testing.assert_close(left, right, rtol=1e-3, atol=1e-5)


# -- whole runs --------------------------------------------------------------------------------------


def test_a_run_leaves_what_it_should(tmp_path, text, monkeypatch):
    monkeypatch.setattr(observers, "LOG_STEPS", 5)
    run_dir, reporter = tmp_path / "runs" / "first", Recorder()
    result = train.train(small(text, lr=0.02, steps=32), run_dir, reporter=reporter)
    data = corpus.load(str(text))

    names = {"config.json", "metrics.jsonl", "checkpoint.safetensors", "loss.svg", "sample.txt", LOCK}
    assert contents(run_dir).keys() == names | {"trainer-32.safetensors"}

    config = json.loads((run_dir / "config.json").read_text(encoding="utf-8"))
    assert config["format"] == 1
    assert config["train"] == resolve(small(text, lr=0.02, steps=32)).stored()
    assert (config["corpus"]["sha256"], config["corpus"]["tokens"]) == (data.sha256, "chars")

    model, vocabulary, loaded = load_model(run_dir)
    assert (vocabulary, loaded, model.training) == (data.vocabulary, config, False)
    assert result.val_loss == pytest.approx(evaluate_window(model, data.val, 256))
    assert result.stream_loss == pytest.approx(evaluate_stream(model, data.val))
    assert list(result.baselines) == baselines(data.train, data.val, data.vocabulary.size)
    assert (result.status, result.step, result.window, result.run_dir) == ("finished", 32, 256, run_dir)
    assert result.val_loss < result.baselines[0].nats, "it learned less than the frequencies of the letters"

    sample = (run_dir / "sample.txt").read_text(encoding="utf-8")
    assert len(result.samples) == 3 and all(len(part) == 20 and part in sample for part in result.samples)
    assert len(set(result.samples)) == 3

    lines = metrics(run_dir)
    trained = [line for line in lines if "loss" in line]
    assert [line["step"] for line in trained] == [5, 10, 15, 20, 25, 30, 32]
    assert all(line["tokens"] == 32 * line["step"] for line in lines)
    assert all(line.keys() == {"step", "tokens", "loss", "lr", "grad_norm"} for line in trained)
    assert trained[1]["lr"] == pytest.approx(0.02 * schedule(9 / 32))
    estimates = [line for line in lines if "val_loss" in line and "final" not in line]
    # Estimate k follows the first step at which k tenths are done: ceil(3.2 k).
    assert [line["step"] for line in estimates] == [4, 7, 10, 13, 16, 20, 23, 26, 29]
    assert lines[-1]["final"] and lines[-1]["val_loss"] == result.val_loss

    kinds = [kind for kind, _ in reporter.calls]
    assert (kinds[0], kinds[-1], kinds.count("start"), kinds.count("finish")) == ("start", "finish", 1, 1)
    assert reporter.all("finish") == [result]
    info, last = reporter.all("start")[0], reporter.all("progress")[-1]
    assert (info["first_step"], info["train_tokens"], info["val_tokens"]) == (0, 1350, 150)
    assert info["model_parameters"] == sum(p.numel() for p in model.parameters())
    assert (last["step"], last["fraction"], last["seconds_left"]) == (32, 1, 0)
    assert (last["loss"], last["lr"]) == (trained[-1]["loss"], trained[-1]["lr"])

    (run,) = list_runs(tmp_path / "runs")
    assert (run.name, run.preset, run.step, run.val_loss, run.finished) == (
        "first",
        "hawk",
        32,
        result.val_loss,
        True,
    )


def test_a_state_that_grows_is_not_carried_through_the_whole_text(tmp_path, text):
    result = train.train(small(text, preset="transformer"), tmp_path / "run", reporter=Recorder())
    assert result.stream_loss is None and result.val_loss is not None
    assert train.train(TrainConfig(), tmp_path / "run", resume=True, reporter=Recorder()).stream_loss is None
    losses = [line for line in summary_lines(result, "transformer", "chars") if "transformer" in line]
    assert len(losses) == 1 and f"{result.val_loss:.4f}" in losses[0]


def test_a_line_holds_the_mean_loss_since_the_line_before(tmp_path, text, monkeypatch):
    losses = {}
    for every in (1, 5):
        monkeypatch.setattr(observers, "LOG_STEPS", every)
        train.train(small(text), tmp_path / f"{every}", reporter=Recorder())
        losses[every] = [line["loss"] for line in metrics(tmp_path / f"{every}") if "loss" in line]
    single = losses[1]
    assert losses[5] == pytest.approx([np.mean(single[:5]), np.mean(single[5:10]), np.mean(single[10:])])


# Half of 20 steps of 2 x 16 tokens is 320, 20 windows of 16; one at least, and no more than the limit.
@pytest.mark.parametrize(("share", "limit", "count"), [(0.5, 48, 20), (0.0, 48, 1), (0.5, 7, 7)])
def test_an_estimate_is_the_loss_on_some_windows(tmp_path, text, monkeypatch, share, limit, count):
    monkeypatch.setattr(observers, "ESTIMATE_SHARE", share)
    monkeypatch.setattr(observers, "ESTIMATE_WINDOWS", limit)
    monkeypatch.setattr(observers, "WINDOW", 16)
    asked = []
    monkeypatch.setattr(
        observers,
        "evaluate_window",
        lambda model, ids, window, **how: asked.append((ids, window, how)) or 1.25,
    )
    train.train(small(text, steps=20), tmp_path / "run", reporter=Recorder())
    val = corpus.load(str(text)).val
    assert len(asked) == 9
    for ids, window, how in asked:
        assert np.array_equal(ids, val) and window == 16
        assert how == {"at_most": count, "device": torch.device("cpu")}
    assert [line["val_loss"] for line in metrics(tmp_path / "run") if line.get("val_loss")][:9] == [1.25] * 9


def test_the_weights_of_the_best_estimate_are_kept(tmp_path, text, monkeypatch):
    """The estimates say 3, 2.5, 2, 1.5, 2, 2.5, ...: the run ends with the weights of the fourth."""
    monkeypatch.setattr(observers, "BEST_ESTIMATES", 8)
    monkeypatch.setattr(observers, "ESTIMATE_SHARE", 1.0)
    monkeypatch.setattr(observers, "BEST_WINDOWS", 5)
    at_fourth, estimates = {}, []

    def estimate(model, ids, window, count, *, device):
        assert np.array_equal(ids, corpus.load(str(text)).val) and (window, device.type) == (256, "cpu")
        estimates.append(count)
        if len(estimates) == 4:
            at_fourth.update(copy.deepcopy(model.state_dict()))
        return 1.5 + 0.5 * abs(len(estimates) - 4)

    monkeypatch.setattr(observers, "evaluate_random", estimate)
    result = train.train(small(text, steps=16, keep_best=True), tmp_path / "run", reporter=Recorder())
    # 7 in between and one of the last weights; windows of 256 tokens out of 16 x 2 x 16.
    assert estimates == [2] * 8
    assert result.best == {"step": 8, "val_loss": 1.5, "windows": 2}
    model, *_ = load_model(tmp_path / "run")
    assert all(torch.equal(at_fourth[name], tensor) for name, tensor in model.state_dict().items())
    assert result.val_loss == pytest.approx(evaluate_window(model, corpus.load(str(text)).val, 256))
    lines = metrics(tmp_path / "run")
    assert [line["step"] for line in lines if "val_loss" in line] == [2, 4, 6, 8, 10, 12, 14, 16, 16]
    assert lines[-1]["best"] == result.best and result.step == 16
    again = train.train(TrainConfig(), tmp_path / "run", resume=True, reporter=Recorder())
    assert again.best == result.best
    said = summary_lines(result, "hawk", "chars")
    assert "The weights are those of step 8." in said
    assert any("1.5000" in line and "2 windows at random places" in line for line in said)


def test_the_last_weights_may_be_the_best(tmp_path, text):
    best = train.train(small(text, keep_best=True), tmp_path / "best", reporter=Recorder())
    last = train.train(small(text), tmp_path / "last", reporter=Recorder())
    assert best.best["step"] == 12, "this test needs a run that gets better to its end"
    assert weights(tmp_path / "best") == weights(tmp_path / "last")
    assert best.val_loss == last.val_loss and last.best is None


def weights(run_dir):
    return (run_dir / "checkpoint.safetensors").read_bytes()


def test_the_seed_decides_and_watching_does_not(tmp_path, text, monkeypatch):
    train.train(small(text), tmp_path / "one", reporter=Recorder())
    train.train(small(text, seed=4), tmp_path / "other", reporter=Recorder())
    for name, value in {
        "SAMPLE_SECONDS": 0,
        "SAMPLE_SHARE": 1e9,
        "CHECKPOINT_SECONDS": 0,
        "REPORT_SECONDS": 0,
    }.items():
        monkeypatch.setattr(observers, name, value)
    watched = Recorder()
    train.train(small(text), tmp_path / "two", reporter=watched)
    assert weights(tmp_path / "one") == weights(tmp_path / "two") != weights(tmp_path / "other")
    assert metrics(tmp_path / "one") == metrics(tmp_path / "two") != metrics(tmp_path / "other")
    texts = watched.all("sample")
    assert len(texts) == 11 and all(b.startswith(a) and len(b) > len(a) for a, b in itertools.pairwise(texts))
    assert [info["step"] for info in watched.all("progress")] == list(range(1, 13))


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("carry", [True, False])
def test_every_preset_resumes_bit_for_bit(tmp_path, text, preset, carry):
    config = small(text, preset=preset, carry=carry, steps=6, tokens="bytes")
    train.train(config, tmp_path / "whole", reporter=Recorder())

    def stop(info):
        if info["step"] == 3:
            signal.raise_signal(signal.SIGINT)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(observers, "REPORT_SECONDS", 0)
        half = train.train(config, tmp_path / "half", reporter=Recorder(stop))
    assert (half.status, half.step) == ("interrupted", 3)
    train.train(config, tmp_path / "half", resume=True, reporter=Recorder())
    assert weights(tmp_path / "half") == weights(tmp_path / "whole")
    assert metrics(tmp_path / "half") == metrics(tmp_path / "whole")


class Clock:
    """A clock on which a step of training takes a second and all else nothing."""

    def __init__(self, monkeypatch, step=1.0, **costs):
        self.now = 1000.0
        monkeypatch.setattr(progress, "time", SimpleNamespace(perf_counter=lambda: self.now))
        real = loop.learn

        def learn(this, scale):
            self.now += step
            return real(this, scale)

        monkeypatch.setattr(loop, "learn", learn)
        for name, cost in costs.items():
            self.charge(monkeypatch, name, cost)

    def charge(self, monkeypatch, name, cost):
        module = trainer if name == "save_checkpoint" else observers
        real = getattr(module, name)

        def slow(*args, **more):
            self.now += cost
            return real(*args, **more)

        monkeypatch.setattr(module, name, slow)


def test_minutes_are_counted_on_the_clock(tmp_path, text, monkeypatch):
    clock = Clock(monkeypatch)
    monkeypatch.setattr(observers, "LOG_STEPS", 1)
    saved = []
    real = trainer.save_checkpoint
    monkeypatch.setattr(trainer, "save_checkpoint", lambda *args: (saved.append(args[-1]), real(*args)))
    reporter = Recorder()
    real_start = reporter.start

    def start(info):
        clock.now += 50  # setting up takes a while, which is not training
        real_start(info)

    reporter.start = start
    result = train.train(small(text, steps=None, minutes=1), tmp_path / "run", reporter=reporter)
    assert (result.step, result.seconds) == (60, 60)
    lines = [line for line in metrics(tmp_path / "run", without=set()) if "loss" in line]
    assert [line["seconds"] for line in lines] == list(range(1, 61))
    assert all(line["tokens_per_second"] == 32 for line in lines)
    assert [line["lr"] for line in lines] == pytest.approx(
        [8e-3 * schedule(second / 60) for second in range(60)]
    )
    assert saved == [0, 15, 30, 45, 60]
    assert [info["seconds_left"] for info in reporter.all("progress")] == pytest.approx(
        list(range(59, -1, -1))
    )


def test_everything_counts_and_samples_are_rationed(tmp_path, text, monkeypatch):
    Clock(monkeypatch, evaluate_window=2, generate=1, save_checkpoint=0.5)
    reporter = Recorder()
    result = train.train(small(text, steps=None, minutes=5), tmp_path / "run", reporter=reporter)
    # 9 estimates of 2 s; a sample of 1 s every 50 s and the first after 2 s, so 6; checkpoints of 0.5 s
    # every 15 s at the most, so no more than 20; the rest are steps of 1 s.
    assert len(reporter.all("sample")) == 6
    assert 300 <= result.seconds <= 303
    assert 300 - 9 * 2 - 6 - 20 * 0.5 - 3 <= result.step <= 300 - 9 * 2 - 6


@pytest.mark.parametrize("killed", [False, True])
def test_time_that_runs_out_between_two_steps(tmp_path, text, monkeypatch, killed):
    # A step takes 1 s and a sample 2.5 s, so 3 s are over after one step, its sample and its checkpoint.
    Clock(monkeypatch, generate=2.5)
    monkeypatch.setattr(observers, "SAMPLE_SECONDS", 0)
    monkeypatch.setattr(observers, "CHECKPOINT_SECONDS", 0)
    reporter, config = Recorder(), small(text, steps=None, minutes=0.05)
    if killed:  # before the line of that step is written

        def die(_):
            raise ZeroDivisionError

        with monkeypatch.context() as patch, pytest.raises(ZeroDivisionError):
            patch.setattr(observers.Log, "act", die)
            train.train(config, tmp_path / "run", reporter=Recorder())
    result = train.train(config, tmp_path / "run", resume=killed, reporter=reporter)
    assert (result.status, result.step) == ("finished", 1)
    (line,) = [line for line in metrics(tmp_path / "run") if "loss" in line]
    assert line["step"] == 1 and line["lr"] == pytest.approx(8e-3 * schedule(0)) and line["grad_norm"] > 0
    assert reporter.all("progress")[-1]["fraction"] == 1


def test_time_goes_on_where_it_stopped(tmp_path, text, monkeypatch):
    clock = Clock(monkeypatch)
    monkeypatch.setattr(observers, "LOG_STEPS", 1)
    config = small(text, steps=None, minutes=1)
    train.train(config, tmp_path / "whole", reporter=Recorder())
    stop = Recorder(lambda info: info["step"] == 20 and signal.raise_signal(signal.SIGTERM))
    half = train.train(config, tmp_path / "half", reporter=stop)
    assert (half.status, half.step, half.seconds) == ("interrupted", 20, 20)
    clock.now += 5000
    result = train.train(config, tmp_path / "half", resume=True, reporter=Recorder())
    assert (result.step, result.seconds) == (60, 60)
    assert weights(tmp_path / "half") == weights(tmp_path / "whole")
    assert metrics(tmp_path / "half", set()) == metrics(tmp_path / "whole", set())


# -- what can go wrong -------------------------------------------------------------------------------


def at_step(number, action):
    return Recorder(lambda info: info["step"] == number and action())


@pytest.fixture
def every_step(monkeypatch):
    monkeypatch.setattr(observers, "REPORT_SECONDS", 0)
    monkeypatch.setattr(observers, "LOG_STEPS", 1)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_saves_and_stops(tmp_path, text, every_step, number):
    before = signal.getsignal(number)
    reporter = at_step(5, lambda: signal.raise_signal(number))
    result = train.train(small(text), tmp_path / "run", reporter=reporter)
    assert (result.status, result.step, result.val_loss) == ("interrupted", 5, None)
    assert reporter.all("finish") == [result]
    assert contents(tmp_path / "run").keys() >= {"checkpoint.safetensors", "trainer-5.safetensors"}
    assert not (tmp_path / "run" / "loss.svg").exists()
    assert signal.getsignal(number) is before
    (run,) = list_runs(tmp_path)
    assert (run.step, run.finished) == (5, False)


def test_a_second_ctrl_c_stops_at_once(tmp_path, text, every_step):
    def twice():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    result = train.train(small(text), tmp_path / "run", reporter=at_step(5, twice))
    assert (result.status, result.step) == ("interrupted", 0)
    assert (tmp_path / "run" / "trainer-0.safetensors").exists()
    assert train.train(small(text), tmp_path / "run", resume=True, reporter=Recorder()).step == 12


def test_ctrl_c_in_the_final_evaluation(tmp_path, text, monkeypatch):
    train.train(small(text), tmp_path / "whole", reporter=Recorder())

    def interrupt(*_, **__):
        raise KeyboardInterrupt

    for name in ("evaluate_stream", "generate"):
        with monkeypatch.context() as patch:
            patch.setattr(train, name, interrupt)
            resume = (tmp_path / "run").exists()
            result = train.train(small(text), tmp_path / "run", resume=resume, reporter=Recorder())
        assert (result.status, result.step) == ("interrupted", 12)
        assert not (tmp_path / "run" / "loss.svg").exists()
    leftovers = [".sample.txt.99.tmp", "trainer-9.safetensors"]
    for name in leftovers:
        (tmp_path / "run" / name).write_bytes(b"half")
    assert train.train(small(text), tmp_path / "run", resume=True, reporter=Recorder()).status == "finished"
    assert metrics(tmp_path / "run") == metrics(tmp_path / "whole")
    assert not contents(tmp_path / "run").keys() & set(leftovers)
    for name in ("sample.txt", "checkpoint.safetensors"):
        assert (tmp_path / "run" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_training_in_another_thread(tmp_path, text):
    results = []
    worker = threading.Thread(
        target=lambda: results.append(train.train(small(text), tmp_path / "run", reporter=Recorder()))
    )
    worker.start()
    worker.join()
    assert results[0].status == "finished"


def test_a_loss_that_is_no_number_stops_the_run(tmp_path, text, every_step, monkeypatch):
    real = loop.learn

    def spoil(this, scale):
        if this.now.step == 7:
            with torch.no_grad():
                next(this.model.parameters()).fill_(math.nan)
        return real(this, scale)

    def save_at_five(this):
        if this.now.step in (0, 5):
            save(this)

    save = Trainer.save
    monkeypatch.setattr(observers, "CHECKPOINT_SECONDS", 0)
    monkeypatch.setattr(Trainer, "save", save_at_five)
    monkeypatch.setattr(loop, "learn", spoil)
    with pytest.raises(
        UserError, match=r"after step 7: the loss is nan .* checkpoint of step 5 .*--lr than 0.008"
    ):
        train.train(small(text), tmp_path / "run", reporter=Recorder())
    assert "trainer-5.safetensors" in contents(tmp_path / "run")
    model, *_ = load_model(tmp_path / "run")
    assert all(p.isfinite().all() for p in model.parameters())
    assert all(math.isfinite(line["loss"]) for line in metrics(tmp_path / "run") if "loss" in line)


def test_a_gradient_that_is_no_number_never_reaches_the_weights(tmp_path, text, monkeypatch):
    config, data = resolve(small(text)), corpus.load(str(text))
    model = LanguageModel(preset_config("hawk", data.vocabulary.size, d_model=32, n_layers=1))
    ours = Trainer(model, data, config, tmp_path, Recorder())
    loop.learn(ours, 1.0)
    before = copy.deepcopy(model.state_dict())
    next(model.parameters()).register_hook(lambda grad: grad * math.inf)
    with pytest.raises(UserError, match=r"after step 1: the loss is \d.* norm of its gradient (nan|inf)"):
        loop.learn(ours, 1.0)
    assert all(torch.equal(before[name], tensor) for name, tensor in model.state_dict().items())


def test_weights_that_are_no_numbers_are_not_saved(tmp_path, text):
    config, data = resolve(small(text)), corpus.load(str(text))
    model = LanguageModel(preset_config("hawk", data.vocabulary.size, d_model=32, n_layers=1))
    ours = Trainer(model, data, config, tmp_path, Recorder())
    ours.save()
    saved = contents(tmp_path)
    with torch.no_grad():
        list(model.parameters())[-1].view(-1)[0] = math.inf
    ours.now.step = 1
    with pytest.raises(UserError, match="after step 1: a weight is not a finite number any more"):
        ours.save()
    assert contents(tmp_path) == saved


@pytest.mark.parametrize("sample_seconds", [0, 1e9])  # what is nan can write no sample
def test_a_learning_rate_out_of_all_bounds_diverges(tmp_path, text, monkeypatch, sample_seconds):
    monkeypatch.setattr(observers, "SAMPLE_SECONDS", sample_seconds)
    with pytest.raises(UserError, match="Training diverged after step"):
        train.train(small(text, lr=1e30), tmp_path / "run", reporter=Recorder())
    assert contents(tmp_path / "run").keys() >= {
        "config.json",
        "checkpoint.safetensors",
        "trainer-0.safetensors",
    }


@pytest.mark.parametrize("function", ["replace", "fsync"])
def test_a_full_disk_keeps_the_last_checkpoint(tmp_path, text, every_step, monkeypatch, function):
    monkeypatch.setattr(observers, "CHECKPOINT_SECONDS", 0)
    real = getattr(os, function)
    full = False

    def fill(*args):
        if full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args)

    def fill_up():
        nonlocal full
        full = True

    monkeypatch.setattr(os, function, fill)
    with pytest.raises(UserError, match="The disk is full") as caught:
        train.train(small(text), tmp_path / "run", reporter=at_step(5, fill_up))
    assert caught.value.exit_code == 1
    full = False
    assert contents(tmp_path / "run").keys() == {
        "config.json", "metrics.jsonl", "checkpoint.safetensors", "trainer-4.safetensors", LOCK
    }  # fmt: skip
    train.train(small(text), tmp_path / "run", resume=True, reporter=Recorder())
    train.train(small(text), tmp_path / "whole", reporter=Recorder())
    assert weights(tmp_path / "run") == weights(tmp_path / "whole")
    assert metrics(tmp_path / "run") == metrics(tmp_path / "whole")


def test_a_finished_run_is_left_alone(tmp_path, text):
    result = train.train(small(text), tmp_path / "run", reporter=Recorder())
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (tmp_path / "run").iterdir()}
    text.unlink()  # not even the corpus is needed
    reporter = Recorder()
    again = train.train(TrainConfig(), tmp_path / "run", resume=True, reporter=reporter)
    assert [kind for kind, _ in reporter.calls] == ["message"]
    assert "is finished" in reporter.all("message")[0]
    assert (again.status, again.val_loss, again.baselines) == ("finished", result.val_loss, result.baselines)
    assert {
        path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (tmp_path / "run").iterdir()
    } == before


def test_a_name_that_exists(tmp_path, text):
    run_dir = tmp_path / "run"
    train.train(small(text), run_dir, reporter=Recorder())
    before = contents(run_dir)
    with pytest.raises(UsageError, match="The run run exists: go on with it by --resume"):
        train.train(small(text), run_dir, reporter=Recorder())
    assert contents(run_dir) == before


def test_a_folder_or_file_of_somebody_else(tmp_path, text):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="holds files but no run"):
        train.train(small(text), tmp_path / "notes", reporter=Recorder())
    with pytest.raises(UsageError, match="is a file"):
        train.train(small(text), text, reporter=Recorder())
    # Weights that lost their config.json must not be trained over.
    lost = tmp_path / "lost"
    train.train(small(text), lost, reporter=Recorder())
    (lost / "config.json").unlink()
    before = contents(lost)
    with pytest.raises(UsageError, match="holds files but no run"):
        train.train(small(text), lost, reporter=Recorder())
    assert contents(lost) == before


def test_a_folder_that_cannot_be_made(tmp_path, text):
    with pytest.raises(UserError, match="Cannot make the folder"):
        train.train(small(text), text / "runs" / "first", reporter=Recorder())


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"corpus": "no-such-file"}, "no-such-file"),
        ({"device": "cuda"}, "finds no cuda device"),
        ({"preset": "perceptron"}, "perceptron"),
        ({"minutes": 1.0}, "not both"),
    ],
)
def test_what_cannot_start_leaves_nothing_behind(tmp_path, text, changes, words, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(UsageError, match=words):
        train.train(small(text, **changes), tmp_path / "runs" / "run", reporter=Recorder())
    assert not (tmp_path / "runs").exists()


@pytest.fixture
def stopped(tmp_path, text, every_step):
    """A run that was interrupted at step 5."""
    run_dir = tmp_path / "run"
    train.train(small(text), run_dir, reporter=at_step(5, lambda: signal.raise_signal(signal.SIGINT)))
    return run_dir


def test_no_run_to_resume(tmp_path, text):
    with pytest.raises(UsageError, match="There is no run at"):
        train.train(small(text), tmp_path / "none", resume=True, reporter=Recorder())
    assert not (tmp_path / "none").exists()


def test_the_stored_settings_win(tmp_path, text, stopped):
    reporter = Recorder()
    asked = TrainConfig(corpus="shakespeare", steps=100, width=64)
    result = train.train(asked, stopped, resume=True, reporter=reporter)
    assert result.step == 12
    (message,) = reporter.all("message")
    for part in ("corpus shakespeare", "steps 100 (it has 12)", "width 64 (it has 32)"):
        assert part in message
    assert "seed" not in message
    assert reporter.all("start")[0]["first_step"] == 5


def test_resume_says_nothing_when_nothing_contradicts(text, stopped):
    reporter = Recorder()
    train.train(TrainConfig(steps=12, device="cpu"), stopped, resume=True, reporter=reporter)
    assert reporter.all("message") == []


def test_the_device_may_change(text, stopped, monkeypatch):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    before = contents(stopped)
    with pytest.raises(UsageError, match="finds no cuda device"):
        train.train(TrainConfig(device="cuda"), stopped, resume=True, reporter=Recorder())
    assert contents(stopped) == before


def test_a_corpus_that_changed_or_is_gone(text, stopped):
    before = contents(stopped)
    text.write_bytes(text.read_bytes().replace(b"scan", b"SCAN"))
    with pytest.raises(UsageError, match="is not the one that run began with"):
        train.train(TrainConfig(), stopped, resume=True, reporter=Recorder())
    text.unlink()
    with pytest.raises(UsageError, match=r"text\.txt"):
        train.train(TrainConfig(), stopped, resume=True, reporter=Recorder())
    assert contents(stopped) == before


@pytest.mark.parametrize("name", ["checkpoint.safetensors", "trainer-5.safetensors", "config.json"])
def test_a_broken_file_stops_resume_and_nothing_is_overwritten(text, stopped, name):
    (stopped / name).write_bytes((stopped / name).read_bytes()[:-9])
    before = contents(stopped)
    with pytest.raises(UserError, match="is damaged or incomplete"):
        train.train(TrainConfig(), stopped, resume=True, reporter=Recorder())
    assert contents(stopped) == before


def test_settings_of_another_version(text, stopped):
    config = read_config(stopped)
    del config["train"]["carry"]
    (stopped / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with pytest.raises(UserError, match="has other training settings than this version"):
        train.train(TrainConfig(), stopped, resume=True, reporter=Recorder())


def test_resume_cleans_up(text, stopped):
    leftovers = [".checkpoint.safetensors.99.tmp", "trainer-9.safetensors"]
    for name in leftovers:
        (stopped / name).write_bytes(b"half")
    with open(stopped / "metrics.jsonl", "a", encoding="utf-8") as file:
        file.write('{"step": 6, "tokens": 192, "loss": 1.0}\n{"step": 7, "tok')
    train.train(TrainConfig(), stopped, resume=True, reporter=Recorder())
    assert not contents(stopped).keys() & set(leftovers)
    assert [line["step"] for line in metrics(stopped) if "loss" in line] == list(range(1, 13))


def test_a_start_that_was_killed_can_be_started_again(tmp_path, text, monkeypatch):
    whole = tmp_path / "whole"
    train.train(small(text), whole, reporter=Recorder())
    real, calls = os.replace, 0

    class Crash(BaseException):
        pass

    for stop_at in (1, 2, 3):
        calls = 0

        def crash(*args, stop_at=stop_at):
            nonlocal calls
            calls += 1
            if calls == stop_at:
                raise Crash
            real(*args)

        with monkeypatch.context() as patch, pytest.raises(Crash):
            patch.setattr(os, "replace", crash)
            train.train(small(text), tmp_path / "run", reporter=Recorder())
    train.train(small(text), tmp_path / "run", reporter=Recorder())
    assert weights(tmp_path / "run") == weights(whole)
    assert contents(tmp_path / "run").keys() == contents(whole).keys()


def test_a_download_is_told(tmp_path, text, monkeypatch):
    real = corpus.load

    def load(name, tokens, progress):
        for done in range(101):
            progress(done * 10_000, 1_000_000)
        return real(name, tokens)

    monkeypatch.setattr(start, "load", load)
    reporter = Recorder()
    train.train(small(text), tmp_path / "run", reporter=reporter)
    assert len(reporter.all("message")) == 11
    assert reporter.all("message")[5] == "Downloading: 0.5 of 1.0 MB."


def test_runs_are_listed(tmp_path):
    good = {"format": 1, "model": {}, "train": {"preset": "gru"}, "corpus": {"name": "c"}, "vocabulary": {}}
    for name, content in {"b": json.dumps(good), "a": "{", "c": json.dumps(good | {"format": 3})}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "config.json").write_text(content, encoding="utf-8")
    (tmp_path / "b" / "metrics.jsonl").write_text(
        '{"step": 10, "loss": 2.0}\nbroken\n[]\n{"step": 12, "val_loss": 1.5}\n{"step": 20, "loss": 1}\n{"st',
        encoding="utf-8",
    )
    (tmp_path / "empty").mkdir()
    Path(tmp_path / "file").write_bytes(b"")
    a, b, c = list_runs(tmp_path)
    assert (a.name, b.name, c.name) == ("a", "b", "c")
    assert (b.preset, b.corpus, b.step, b.val_loss, b.finished, b.problem) == (
        "gru",
        "c",
        20,
        1.5,
        False,
        None,
    )
    assert "damaged" in a.problem and "newer" in c.problem
    assert list_runs(tmp_path / "none") == []


def test_only_a_run_by_the_clock_tries_other_numbers_of_threads(tmp_path, text, monkeypatch):
    monkeypatch.setattr(speed.Threads, "TRIAL", 1)
    monkeypatch.setattr(torch, "get_num_threads", lambda: numbers[-1])
    monkeypatch.setattr(torch, "set_num_threads", lambda number: numbers.append(number))
    numbers = [3]
    watched = Recorder()
    train.train(small(text, steps=None, minutes=0.01), tmp_path / "a", reporter=watched)
    assert set(numbers) == {1, 3} and numbers[-1] == 3
    assert watched.all("start")[0]["threads"] == 3 and watched.all("start")[0]["threads_vary"]
    numbers = [3]
    train.train(small(text, steps=12), tmp_path / "b", reporter=Recorder())
    assert numbers == [3], "a run of so many steps leaves them alone"
