"""The arithmetic of benchmarks/train_gpu.py, which measures only where there is a GPU."""

import importlib
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from minirnn.lm import LanguageModel, preset_config
from minirnn.presets import GPU_PRESETS
from minirnn.training import run as train
from tests.training.runs import small, write_text


@pytest.fixture
def script(monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "benchmarks"))
    return importlib.import_module("train_gpu")


@pytest.mark.parametrize("preset", GPU_PRESETS)
def test_flops_are_what_torch_counts(script, preset):
    """Forward and backward; on a CPU attention multiplies also what its mask then hides, so keys = time."""
    batch, time = 2, 16
    model = LanguageModel(preset_config(preset, 11, d_model=64, n_layers=3)).eval()
    with FlopCounterMode(display=False) as counter:
        model(torch.zeros(batch, time, dtype=torch.int64))[0].sum().backward()
    counted = script.flops_per_token(model, keys=time)
    assert counted["products"] + counted["attention"] == counter.get_total_flops() / (batch * time)
    # The counter knows nothing of scans: 5 for each of two layers of 96, where the width is 64.
    assert counted["scan"] == (5 * 2 * 96 if preset == "griffin-gpu" else 0)


def test_the_keys_that_a_token_sees(script):
    assert (
        script.mean_keys(4, None) == script.mean_keys(4, 4) == script.mean_keys(4, 9) == (1 + 2 + 3 + 4) / 4
    )
    assert script.mean_keys(4, 2) == (1 + 2 + 2 + 2) / 4


def test_nearly_all_weights_of_the_presets_are_in_products(script):
    for preset in GPU_PRESETS:
        model = LanguageModel(preset_config(preset, 65))
        products, every = script.weights_in_products(model), sum(p.numel() for p in model.parameters())
        assert 0.99 * every < products < every - model.embedding.weight.numel()


def test_a_run_is_measured(script, tmp_path, monkeypatch):
    monkeypatch.setattr(train, "SAMPLE_LENGTH", 20)
    text = write_text(tmp_path)
    monkeypatch.setattr(script, "REFERENCE", 2.5)
    for preset in GPU_PRESETS:
        config = small(text, preset=preset, carry=False, steps=30, depth=3, keep_best=None)
        run = script.one_run(config, tmp_path / preset, peak=1e9)
        assert (run["steps"], run["tokens"], run["seconds of compiling"]) == (30, 30 * 32, None)
        flops = sum(run["FLOPs per token"].values())
        speed = run["tokens"] / run["seconds"]
        assert run["model FLOP utilisation"] == pytest.approx(speed * flops / 1e9, rel=0.05)
        below = [seconds for seconds, loss in run["curve"] if loss <= 2.5]
        assert run["seconds to 2.5"] == below[0]
        loss = run["loss"]
        assert loss["best estimate"] == min(loss for _, loss in run["curve"])
        # One window of 150 tokens is the whole split, wherever it begins.
        assert loss["best estimate"] == loss["other random windows"] == loss["whole split"]
        assert (loss["whole split, state carried"] is None) == (preset == "transformer-gpu")
        json.dumps(run)
        lines = script.table({preset: [run, run]}).splitlines()
        assert lines[0].split() == [preset, "0", preset, "1"]
        assert any(line.startswith("loss: whole split ") for line in lines)


def test_without_a_gpu_it_says_so_and_writes_nothing(script, monkeypatch, capsys):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(script, "save", lambda *_, **__: pytest.fail("it wrote"))
    assert script.main([]) == 2
    assert capsys.readouterr() == ("", "This measures a GPU, and torch finds no CUDA device here.\n")


def test_results_of_a_gpu_are_called_by_it(script, monkeypatch, tmp_path):
    common = importlib.import_module("common")
    monkeypatch.setattr(common, "RESULTS", tmp_path)
    monkeypatch.setattr(
        common.torch,
        "cuda",
        SimpleNamespace(is_available=lambda: True, get_device_name=lambda: "NVIDIA H200 X"),
    )
    assert common.save("train-gpu", {"x": 1}, gpu=True).name == "train-gpu-h200-x.json"
    assert json.loads((tmp_path / "train-gpu-h200-x.json").read_text())["machine"]["gpu"] == "NVIDIA H200 X"
