"""The weights that the page reads: what goes in comes out, and torch agrees with what was recorded."""

import importlib.util
import json
import string
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from minirnn.lm import LanguageModel, LMConfig, preset_config
from minirnn.training.folder.checkpoint import load_model
from minirnn.training.run import train
from tests.training.runs import Recorder, small, write_text

ROOT = Path(__file__).parents[2]
WIDGETS = ROOT / "docs" / "widgets"
RECORDED = ROOT / "tests" / "site" / "language-model.logits.json"


@pytest.fixture(scope="module")
def exporter():
    spec = importlib.util.spec_from_file_location("exporter", WIDGETS / "export_language_model.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """A tiny finished run of hawk on a text that has every character of the recorded texts."""
    folder = tmp_path_factory.mktemp("export")
    text = write_text(folder)
    text.write_text(text.read_text() + string.printable.replace("\r", "") * 5)
    train(small(text, width=64, depth=2), folder / "run", reporter=Recorder())
    return folder / "run"


def decode(description: dict[str, Any], data: bytes) -> dict[str, torch.Tensor]:
    """The weights of a file by the words of the exporter's docstring, a number at a time."""
    weights, seen = {}, 0
    for name, place in description["tensors"].items():
        shape = place["shape"]
        if "float32" in place:
            count = int(np.prod(shape))
            numbers = struct.unpack_from(f"<{count}f", data, place["float32"])
            weights[name] = torch.tensor(numbers).view(shape)
            seen += 4 * count
            continue
        rows, columns = shape
        scales = struct.unpack_from(f"<{rows}f", data, place["scales"])
        parts = [struct.unpack_from(f"{columns}b", data, place["int8"] + i * columns) for i in range(rows)]
        whole = [torch.tensor(part) * torch.tensor(s) for s, part in zip(scales, parts, strict=True)]
        weights[name] = torch.stack(whole)
        seen += rows * (4 + columns)
    assert seen == len(data) == description["about"]["bytes"]
    return weights


def rebuilt(description: dict[str, Any], data: bytes, config: LMConfig) -> LanguageModel:
    model = LanguageModel(config)
    weights = decode(description, data)
    for name in [name for name in weights if name.endswith("gate_weight")]:
        # Of each part of the channels a row for each gate; in the model a column.
        parts = weights[name].split(2 * config.d_rnn // config.n_blocks)
        weights[name] = torch.stack([part.T for part in parts])
        bias = name.replace("weight", "bias")
        weights[bias] = weights[bias].view(config.n_blocks, 1, -1)
    model.load_state_dict(weights)
    return model.double().eval()


def agree(model: LanguageModel, symbols: str, records: list[dict[str, Any]]) -> None:
    for record in records:
        state = model.initial_state(1)
        for symbol in record["text"]:
            logits, state = model.step(torch.tensor([symbols.index(symbol)]), state)
        wanted = torch.tensor(record["logits"], dtype=torch.float64)
        torch.testing.assert_close(logits[0], wanted, rtol=0, atol=1e-6)
        hidden = torch.stack([state[i][0] for i in (1, 4)])
        wanted = torch.tensor(record["states"], dtype=torch.float64)
        torch.testing.assert_close(hidden, wanted, rtol=0, atol=1e-6)


def load(folder: Path) -> tuple[dict[str, Any], bytes]:
    text = (folder / "language-model.json").read_text(encoding="utf-8")
    return json.loads(text), (folder / "language-model.bin").read_bytes()


def test_quantise_is_off_by_half_a_step_at_most(exporter):
    matrix = np.random.default_rng(0).normal(size=(5, 40)).astype(np.float32)
    matrix[1] *= 1e-3
    matrix[2] = 0
    matrix[3, 7] = -50
    scale, whole = exporter.quantise(matrix)
    assert scale.dtype == np.float32 and whole.dtype == np.int8
    error = np.abs(scale[:, None].astype(float) * whole - matrix).max(1)
    assert (error <= np.abs(matrix).max(1) / 254 * (1 + 1e-5)).all()
    assert (np.abs(whole.astype(int)).max(1) == [127, 127, 0, 127, 127]).all()
    assert whole[3, 7] == -127 and scale[2] == 0


def test_a_run_comes_out_as_it_went_in(exporter, run, tmp_path):
    about = exporter.export(run, tmp_path, tmp_path / "recorded.json")
    description, data = load(tmp_path)
    assert description["about"] == about
    model, vocabulary, _ = load_model(run)
    assert description["symbols"] == "".join(vocabulary.symbols)
    copy = rebuilt(description, data, model.config)
    weights = model.state_dict()
    assert about["weights"] == sum(weight.numel() for weight in weights.values())
    for name, weight in copy.state_dict().items():
        exact = weight.ndim == 1 or name.endswith(("conv.weight", "bias"))
        tolerance = 0 if exact else weights[name].abs().max().item() / 253
        torch.testing.assert_close(weight.float(), weights[name], rtol=0, atol=tolerance)
    records = json.loads((tmp_path / "recorded.json").read_text(encoding="utf-8"))
    assert [record["text"] for record in records] == list(exporter.TEXTS)
    agree(copy, description["symbols"], records)
    # Eight bits change little, but something.
    assert 0 < abs(about["nats_int8"] - about["nats_float32"]) < 0.05


def test_the_same_run_gives_the_same_files(exporter, run, tmp_path):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        exporter.export(run, folder, folder / "recorded.json")
    for name in ("language-model.bin", "language-model.json", "recorded.json"):
        assert len({(folder / name).read_bytes() for folder in folders}) == 1


@pytest.mark.parametrize("changes", [{"preset": "mingru", "width": 32}, {"tokens": "bytes", "width": 32}])
def test_other_runs_are_refused(exporter, run, tmp_path, changes):
    train(small(run.parent / "text.txt", **changes), tmp_path / "run", reporter=Recorder())
    with pytest.raises(ValueError, match="preset hawk with characters"):
        exporter.export(tmp_path / "run", tmp_path, tmp_path / "recorded.json")
    assert not list(tmp_path.glob("*.*"))


def test_a_changed_text_is_refused(exporter, tmp_path):
    text = write_text(tmp_path)
    train(small(text, steps=2), tmp_path / "run", reporter=Recorder())
    text.write_text(text.read_text() + "more")
    with pytest.raises(ValueError, match="not the one"):
        exporter.export(tmp_path / "run", tmp_path, tmp_path / "recorded.json")


def test_the_committed_weights_and_their_record_belong_together(exporter):
    description, data = load(WIDGETS)
    sizes = description["sizes"]
    config = preset_config("hawk", len(description["symbols"]), d_model=96, n_layers=2)
    assert sizes == {key: config.to_dict()[key] for key in sizes}
    assert len(data) < 300_000
    records = json.loads(RECORDED.read_text(encoding="utf-8"))
    assert [record["text"] for record in records] == list(exporter.TEXTS)
    agree(rebuilt(description, data, config), description["symbols"], records)
    about = description["about"]
    assert about["steps"] == 3000 and f"--steps {about['steps']}" in exporter.__doc__
    assert about["corpus"].startswith("the language reference of Python 3.11.7")
    assert "3.11.7" in exporter.__doc__
