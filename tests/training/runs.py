"""What the tests of training share: a small text, a small run, a reporter that remembers."""

import hashlib
import json
import random
from pathlib import Path
from typing import Any

from minirnn.training.settings import TrainConfig

CLOCK = {"seconds", "tokens_per_second"}  # the only fields of metrics.jsonl that may differ between runs


def write_text(folder: Path, length: int = 1500) -> Path:
    """A text with structure: random words of a small lexicon."""
    rng = random.Random(1)
    words = ["scan", "state", "gate", "decay", "ring", "input"]
    path = folder / "text.txt"
    text = ""
    while len(text) < length:
        text += rng.choice(words) + rng.choice([" ", " ", ".\n"])
    path.write_bytes(text[:length].encode())
    return path


def small(text: Path, **changes: Any) -> TrainConfig:
    """A run of a second or so."""
    settings = {
        "corpus": str(text),
        "steps": 12,
        "batch": 2,
        "seq_len": 16,
        "width": 32,
        "depth": 1,
        "lr": 8e-3,
        "carry": True,
        "device": "cpu",
        "seed": 3,
    }
    return TrainConfig(**(settings | changes))


class Recorder:
    """A reporter that remembers its calls; `on_progress` is called with the trainer's info."""

    def __init__(self, on_progress: Any = None) -> None:
        self.calls: list[tuple[str, Any]] = []
        self.on_progress = on_progress

    def start(self, info: dict[str, Any]) -> None:
        self.calls.append(("start", info))

    def progress(self, info: dict[str, Any]) -> None:
        self.calls.append(("progress", info))
        if self.on_progress:
            self.on_progress(info)

    def sample(self, text: str) -> None:
        self.calls.append(("sample", text))

    def message(self, text: str) -> None:
        self.calls.append(("message", text))

    def finish(self, result: Any) -> None:
        self.calls.append(("finish", result))

    def all(self, kind: str) -> list[Any]:
        return [value for name, value in self.calls if name == kind]


def metrics(run_dir: Path, without: set[str] = CLOCK) -> list[dict[str, Any]]:
    """The lines of metrics.jsonl, which must all be whole, without the fields that depend on the clock."""
    lines = (run_dir / "metrics.jsonl").read_text(encoding="utf-8").splitlines()
    return [{key: value for key, value in json.loads(line).items() if key not in without} for line in lines]


def contents(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file in a folder, by name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}
