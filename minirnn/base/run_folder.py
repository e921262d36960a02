"""What a run folder holds, read and written without torch.

    config.json               the model, the training settings, the corpus and the vocabulary
    metrics.jsonl             one line for each logged step, each validation and the final evaluation
    checkpoint.safetensors    the weights; its header names the trainer's file of the same step
    trainer-<step>.safetensors
    loss.svg  sample.txt      written when the run is finished
    .minirnn.lock             empty; who trains holds a lock on it (training/folder/owner.py)

A run that keeps its best weights (`keep_best`) has them in the trainer's file too, and ends by putting them
into checkpoint.safetensors; the `final` line says under `best` of which step they are.

In metrics.jsonl `seconds` and `tokens_per_second` are the only fields that depend on the clock.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from minirnn.base.errors import UsageError, UserError
from minirnn.base.files import write_atomic, write_error
from minirnn.base.strict_json import json_text
from minirnn.base.wording import command

FORMAT = 1
CONFIG, METRICS = "config.json", "metrics.jsonl"
WEIGHTS, TRAINERS = "checkpoint.safetensors", "trainer-*.safetensors"
CURVE, SAMPLE, LOCK = "loss.svg", "sample.txt", ".minirnn.lock"


@dataclass(frozen=True)
class Run:
    """One run folder in a line: val_loss in nats per token, None before the first validation.

    problem: the sentence that says what is wrong with its config.json, else None.
    """

    name: str
    preset: str = ""
    corpus: str = ""
    step: int = 0
    val_loss: float | None = None
    finished: bool = False
    problem: str | None = None


def list_runs(root: Path | str) -> list[Run]:
    """The runs in the folder `root`, by name; folders without a config.json are none."""
    root = Path(root)
    return [describe(path.parent) for path in sorted(root.glob(f"*/{CONFIG}"))]


def is_run(folder: Path) -> bool:
    """Whether a folder is that of a run: a finished one, one that is just being made, or a damaged one."""
    if (folder / LOCK).exists() or any(folder.glob(TRAINERS)):
        return True
    try:
        config = json.loads((folder / CONFIG).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(config, dict) and config.keys() >= {"format", "minirnn", "model", "train"}


def describe(run_dir: Path) -> Run:
    """What config.json and metrics.jsonl say about one run."""
    try:
        config, metrics = read_config(run_dir), read_metrics(run_dir)
        finished = final_line(run_dir) is not None
    except UserError as error:
        return Run(run_dir.name, problem=str(error))
    losses = [line["val_loss"] for line in metrics if isinstance(line.get("val_loss"), int | float)]
    return Run(
        run_dir.name,
        preset=str(config["train"].get("preset", "")),
        corpus=str(config["corpus"].get("name", "")),
        step=max((line["step"] for line in metrics), default=0),
        val_loss=losses[-1] if losses else None,
        finished=finished,
    )


def read_metrics(run_dir: Path) -> list[dict[str, Any]]:
    """The lines of metrics.jsonl, in order; a line that a crash cut short is left out."""
    try:
        text = (run_dir / METRICS).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UserError(f"Cannot read {run_dir / METRICS}: {error.strerror or error}.") from error
    lines = []
    for line in text.split("\n"):
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and isinstance(entry.get("step"), int):
            lines.append(entry)
    return lines


def append_metrics(run_dir: Path, line: dict[str, Any]) -> None:
    """Add a line to metrics.jsonl."""
    with _appending(run_dir / METRICS) as file:
        file.write((json_text(line) + "\n").encode("utf-8"))


def sync_metrics(run_dir: Path) -> None:
    """Wait until all lines of metrics.jsonl have reached the disk."""
    with _appending(run_dir / METRICS) as file:
        os.fsync(file.fileno())


@contextmanager
def _appending(path: Path) -> Iterator[BinaryIO]:
    try:
        with open(path, "ab") as file:
            yield file
    except OSError as error:
        raise write_error(path, error) from error


def cut_metrics(run_dir: Path, step: int, *, final: bool) -> None:
    """Keep of metrics.jsonl the lines up to `step`, and that of the final evaluation only if `final`."""
    kept = (
        line for line in read_metrics(run_dir) if line["step"] <= step and (final or not line.get("final"))
    )
    write_atomic(run_dir / METRICS, "".join(json_text(line) + "\n" for line in kept))


def final_line(run_dir: Path) -> dict[str, Any] | None:
    """The line with the final evaluation if the run is finished, else None.

    A run is finished when its last file, the loss curve, is there as well.
    """
    final = [line for line in read_metrics(run_dir) if line.get("final")]
    return final[-1] if final and (run_dir / CURVE).exists() else None


def read_config(run_dir: Path) -> dict[str, Any]:
    """The content of config.json: format, minirnn, model, train, corpus, vocabulary.

    Raises UsageError when there is no such run and UserError when the file is broken or too new.
    """
    path = run_dir / CONFIG
    try:
        config = json.loads(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError) as error:
        raise UsageError(
            f"There is no run at {run_dir}: `{command()} runs` lists those there are."
        ) from error
    except OSError as error:
        raise UserError(f"Cannot read {path}: {error.strerror or error}.") from error
    except ValueError as error:
        raise broken(path) from error
    if not isinstance(config, dict):
        raise broken(path)
    check_version(path, config.get("format"))
    if not all(isinstance(config.get(key), dict) for key in ("model", "train", "corpus", "vocabulary")):
        raise broken(path)
    return config


def check_version(path: Path, version: Any) -> None:
    """Raise UserError unless `version` is a format that this minirnn reads."""
    try:
        number = int(version)
    except (ValueError, TypeError) as error:
        raise broken(path) from error
    if number > FORMAT:
        raise UserError(
            f"{path} has format {number}, newer than this minirnn reads ({FORMAT}): update minirnn."
        )


def broken(path: Path) -> UserError:
    """The sentence for a file that is not what it should be."""
    return UserError(
        f"{path} is damaged or incomplete: restore it from a copy, or train again under another name."
    )
