"""The small selective network in the page: its task, and that torch agrees with what was recorded."""

import importlib.util
import json
import math
from pathlib import Path

import numpy as np
import pytest
import torch

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def exporter():
    spec = importlib.util.spec_from_file_location(
        "exporter", ROOT / "docs" / "widgets" / "export_delta_text.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def text(exporter):
    return exporter.WEIGHTS.read_text(encoding="utf-8")


@pytest.fixture
def model(exporter, text):
    model = exporter.build().double()
    model.load_state_dict(exporter.read(text))
    return model.eval()


def test_the_task_by_its_words(exporter):
    lengths = set()
    for seed in range(30):
        inputs, targets, mask = exporter.examples(8, (seed,), 4, 9)
        assert inputs.dtype == targets.dtype == np.int64
        places = inputs.shape[1] - exporter.NAMED
        lengths.add(places)
        assert (mask == (np.arange(inputs.shape[1]) >= places)).all()
        assert (inputs[:, places:] == exporter.MARKER).all()
        for tokens, answers in zip(inputs[:, :places].tolist(), targets[:, places:].tolist(), strict=True):
            digits = [token for token in tokens if token]
            assert all(1 <= digit <= exporter.SYMBOLS for digit in digits)
            assert answers == ([0] * exporter.NAMED + digits)[-exporter.NAMED :]
    assert lengths == set(range(4, 10))


@torch.no_grad()
def test_what_was_recorded_is_what_torch_computes_from_the_file(exporter, model):
    recorded = json.loads(exporter.RECORDED.read_text(encoding="utf-8"))
    assert [row["text"] for row in recorded] == list(exporter.TEXTS)
    for row in recorded:
        tokens = exporter.tokens(row["text"])
        block, state = model.blocks[0], model.blocks[0].mixer.initial_state(1)
        for t, token in enumerate(tokens[0]):  # a step at a time, and Delta and the state by the formulas
            x = block.norm_mixer(model.embed(token[None]))
            layer = block.mixer
            low, B, _ = layer.x_proj(x)[0].split([layer.dt_rank, layer.d_state, layer.d_state])
            z = layer.dt_proj.weight @ low + layer.dt_proj.bias
            delta = torch.tensor([math.log1p(math.exp(each)) for each in z], dtype=torch.float64)
            torch.testing.assert_close(
                delta, torch.tensor(row["delta"][t], dtype=torch.float64), rtol=0, atol=1e-8
            )
            h = torch.exp(-layer.A_log.exp() * delta) * state[0][0] + torch.outer(B, delta * x[0])
            state = (h[None],)
        torch.testing.assert_close(h, torch.tensor(row["state"], dtype=torch.float64), rtol=0, atol=1e-8)
        scores = model(tokens)[0, -exporter.NAMED :]
        torch.testing.assert_close(
            scores, torch.tensor(row["scores"], dtype=torch.float64), rtol=0, atol=1e-8
        )


def test_the_file_is_small_and_says_the_truth_about_itself(exporter, model, text):
    about = json.loads(text.split("export const ABOUT = ")[1].split(";\n")[0])
    assert len(text) < 100_000
    assert about["weights"] == sum(weight.numel() for weight in model.state_dict().values())
    assert (about["states"], about["named"]) == (exporter.STATES, exporter.NAMED)
    batches = [exporter.examples(64, (exporter.SEED, 1, i)) for i in range(64)]
    assert exporter.accuracy(model, batches) == pytest.approx(about["accuracy"], abs=5e-4)
    assert about["accuracy"] > 0.99
    assert len(about["size"]) == exporter.WIDTH and min(about["size"]) > 0
    weights = exporter.page(model.float()).split("export const WEIGHTS")[1]
    assert weights == text.split("export const WEIGHTS")[1]  # written and read again, nothing changes


def test_training_runs_and_rounds(exporter, monkeypatch):
    monkeypatch.setattr(exporter, "STEPS", 2)
    model = exporter.train()
    for weight in model.state_dict().values():
        numbers = weight.numpy().astype(np.float64)
        np.testing.assert_allclose(numbers, np.round(numbers, exporter.DIGITS), atol=1e-6)
    again = exporter.train().state_dict()
    assert all(torch.equal(weight, again[name]) for name, weight in model.state_dict().items())
