"""The table of presets: one new entry in it, and all that read it know the new preset."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from minirnn.lm import LanguageModel, preset_config
from minirnn.presets import PRESETS, Preset, Recipe, Sizes
from minirnn.training.folder.checkpoint import load_model
from minirnn.training.settings import TrainConfig, resolve
from tests.training.runs import write_text

ROOT = Path(__file__).parents[1]
ENTRY = """Preset(
    "a GRU, then a minGRU", ("gru", "mingru"), Sizes(n_layers=3, mlp=1), Recipe(batch=3, seq_len=24)
)"""
PROGRAM = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from minirnn.presets import PRESETS, Preset, Recipe, Sizes
PRESETS["two-gates"] = {ENTRY}
from minirnn.cli import main
try:
    main(sys.argv[1:])
finally:
    print("torch" in sys.modules, file=sys.stderr)
"""


def test_one_entry_is_a_preset_for_every_reader(tmp_path: Path) -> None:
    def minirnn(*arguments: str) -> tuple[str, str]:
        command = [sys.executable, "-c", PROGRAM, *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout, done.stderr

    told, needs_torch = minirnn("train", "--help")
    assert f"{', '.join(PRESETS)}, two-gates." in " ".join(told.split()) and needs_torch == "False\n"
    text = str(write_text(tmp_path))
    told, _ = minirnn("train", "--preset", "two-gates", "--width", "32", "--steps", "2", "--corpus", text)
    run = tmp_path / "runs" / "text-two-gates-1"
    assert "Model: two-gates, " in told and "batch 3, windows of 24" in told
    model, _, config = load_model(run)  # in this process there is no such preset: a run needs none
    assert [type(block.mixer).__name__ for block in model.blocks] == ["GRU", "RecurrentBlock", "GRU"]
    assert config["train"]["seq_len"] == 24 and config["model"]["d_mlp"] == 32
    assert json.loads((run / "config.json").read_bytes())["model"]["preset"] == "two-gates"
    assert "nats/char" in minirnn("eval", run.name)[0]
    assert len(minirnn("sample", run.name, "--tokens", "5", "--seed", "0")[0]) > 5
    assert minirnn("runs")[0].startswith(f"{run.name}\ttwo-gates\t")


def test_one_entry_is_a_preset_for_the_library(monkeypatch) -> None:
    entry = Preset("eagle", ("rglru",), Sizes(n_layers=1, dropout=0.5), Recipe(lr=0.5, carry=True))
    monkeypatch.setitem(PRESETS, "eagle", entry)
    model = LanguageModel(preset_config("eagle", 9))
    assert len(model.blocks) == 1 and model.config.dropout == 0.5
    settings = resolve(TrainConfig(preset="eagle"))
    assert (settings.lr, settings.carry, settings.depth, settings.width) == (0.5, True, 1, 128)


def test_the_reference_shows_the_table() -> None:
    page = (ROOT / "docs" / "api" / "lm.md").read_text(encoding="utf-8")
    assert "\n::: minirnn.presets\n" in page


def test_each_preset_is_told_in_one_line() -> None:
    for name, preset in PRESETS.items():
        assert name == name.lower() and preset.about and "\n" not in preset.about, name
    assert len({preset.about for preset in PRESETS.values()}) == len(PRESETS)


def test_sizes_follow_the_width() -> None:
    """What the docstring of Sizes says, written out for one preset of each kind."""
    griffin = preset_config("griffin", 9, d_model=96)
    assert (griffin.d_mlp, griffin.d_rnn, griffin.n_heads, griffin.n_blocks) == (192, 144, 3, 3)
    large = preset_config("griffin-gpu", 9)
    assert (large.d_mlp, large.d_rnn, large.n_heads, large.n_blocks) == (1024, 512, 6, 8)
    odd = preset_config("griffin-gpu", 9, d_model=64)  # 4/3 of it to the nearest 32, which 64 does not divide
    assert (odd.d_mlp, odd.d_rnn, odd.n_heads, odd.n_blocks) == (170, 96, 1, 3)
    transformer = preset_config("transformer-gpu", 9)
    assert (transformer.d_mlp, transformer.n_heads, transformer.n_kv_heads) == (992, 6, 6)
    assert preset_config("lru", 9, d_model=64).d_state == 96 and preset_config("mamba", 9).d_mlp == 0
    with pytest.raises(ValueError, match="head ends with 48, expected a divisor of 32"):
        Sizes(head=(64, 48))
