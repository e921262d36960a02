"""Training on a GPU: no wait in a step, no divergence in a checkpoint, the compiled model is the model.

What can be said of all this without a GPU is in tests/training/test_gradient.py.
"""

import math

import pytest
import torch

from minirnn.base.errors import UserError
from minirnn.lm import LanguageModel, preset_config
from minirnn.lm.evaluate import evaluate_random
from minirnn.presets import GPU_PRESETS
from minirnn.text import corpus
from minirnn.training import loop, observers
from minirnn.training import run as train
from minirnn.training.folder.checkpoint import load_model
from minirnn.training.settings import resolve
from minirnn.training.trainer import Trainer
from tests.training.runs import Recorder, contents, metrics, small, write_text

pytestmark = [
    # Warnings of torch's tracer and compiler about their own doings.
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
    pytest.mark.filterwarnings("ignore::UserWarning"),
]


@pytest.fixture
def text(tmp_path):
    return write_text(tmp_path)


def settings(text, preset, **changes):
    changes = {"width": 64, "depth": 3, "carry": False, "seq_len": 64, "batch": 4, "device": "cuda"} | changes
    return small(text, preset=preset, **changes)


def make(tmp_path, text, preset, **changes):
    torch.manual_seed(0)
    config, data = resolve(settings(text, preset, **changes)), corpus.load(str(text))
    model = LanguageModel(preset_config(preset, data.vocabulary.size, d_model=64, n_layers=3)).cuda()
    return Trainer(model, data, config, tmp_path, Recorder())


@pytest.mark.parametrize("preset", ["hawk", *GPU_PRESETS])
def test_no_step_waits_for_the_gpu(tmp_path, text, preset):
    ours = make(tmp_path, text, preset)
    loop.prepare(ours)
    for _ in range(3):
        loop.learn(ours, 0.5)  # the optimisers make their state, the allocator its blocks
    torch.cuda.synchronize()
    torch.cuda.set_sync_debug_mode("error")
    try:
        for _ in range(5):
            loop.learn(ours, 0.5)
    finally:
        torch.cuda.set_sync_debug_mode("default")
    ours.now.read()
    assert (ours.now.step, ours.now.good_step, ours.now.loss_steps) == (8, 8, 8)
    assert 0 < ours.now.loss_sum / 8 < 2 * math.log(30) and ours.now.norm > 0


@pytest.mark.parametrize("preset", GPU_PRESETS)
def test_the_compiled_step_is_the_plain_one(tmp_path, text, preset, monkeypatch):
    """bfloat16 and compiled, against float32 as on a CPU, without dropout: the same gradient, but rounded."""
    monkeypatch.setattr(torch.nn.Dropout, "forward", lambda self, x: x)
    ours = make(tmp_path, text, preset)
    inputs, targets, _ = ours.feed(0)
    before = {name: p.detach().clone() for name, p in ours.model.named_parameters()}
    loop.prepare(ours)
    assert not ours.reporter.all("message")[1:], "compiling failed"
    assert all(torch.equal(before[name], p) for name, p in ours.model.named_parameters())
    loss, _ = ours.loss(inputs, targets, None)
    loss.backward()
    found = {name: p.grad.clone() for name, p in ours.model.named_parameters()}
    ours.model.zero_grad()
    logits, _ = ours.model(inputs)
    exact = torch.nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
    exact.backward()
    assert loss.item() == pytest.approx(exact.item(), rel=0.01)
    for name, p in ours.model.named_parameters():
        assert (found[name] - p.grad).norm() <= 0.1 * p.grad.norm(), name


def test_a_gradient_that_is_no_number_reaches_neither_weights_nor_disk(tmp_path, text):
    ours = make(tmp_path, text, "griffin-gpu")
    ours.save()
    loop.prepare(ours)
    for _ in range(4):
        loop.learn(ours, 0.5)
    kept = {name: tensor.clone() for name, tensor in ours.model.state_dict().items()}
    saved = contents(tmp_path)
    hook = ours.model.head.weight.register_hook(lambda grad: grad * math.nan)
    loop.learn(ours, 0.5)
    hook.remove()
    loop.learn(ours, 0.5)
    assert all(torch.equal(kept[name], tensor) for name, tensor in ours.model.state_dict().items())
    with pytest.raises(UserError, match="after step 4: the loss is .* norm of its gradient nan"):
        ours.save()
    assert contents(tmp_path) == saved


@pytest.mark.parametrize("preset", ["hawk", *GPU_PRESETS])
def test_a_run_learns_stops_and_goes_on(tmp_path, text, preset, monkeypatch):
    monkeypatch.setattr(train, "SAMPLE_LENGTH", 20)
    monkeypatch.setattr(observers, "REPORT_SECONDS", 0)
    config = settings(text, preset, steps=60)

    class Stop(Exception):
        pass

    def stop(info):
        if info["step"] == 30:
            raise Stop

    monkeypatch.setattr(observers, "CHECKPOINT_SECONDS", 0)
    with pytest.raises(Stop):
        train.train(config, tmp_path / "run", reporter=Recorder(stop))
    result = train.train(config, tmp_path / "run", resume=True, reporter=Recorder())
    assert (result.status, result.step) == ("finished", 60)
    losses = [line["loss"] for line in metrics(tmp_path / "run") if "loss" in line]
    assert losses[-1] < 0.8 * losses[0]
    if preset in GPU_PRESETS:
        model, *_ = load_model(tmp_path / "run", "cuda")
        val = corpus.load(str(text)).val
        again = evaluate_random(model, val, 256, result.best["windows"], device="cuda")
        assert again == pytest.approx(result.best["val_loss"], rel=1e-5)
