"""How a run begins, goes on, and gets longer: what stands before the first step.

    new:     check -> corpus -> model -> first checkpoint -> config.json
    resumed: config.json -> model -> the same corpus -> checkpoint

Whatever can be wrong with the request is found before the folder is made. config.json comes after the first
checkpoint: it says that a run is there.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import torch

from minirnn import __version__
from minirnn.base.errors import UsageError
from minirnn.base.files import unlock, write_atomic, write_error
from minirnn.base.run_folder import CONFIG, CURVE, FORMAT, LOCK, WEIGHTS, read_config
from minirnn.base.strict_json import json_text
from minirnn.base.wording import WORDS
from minirnn.lm import LanguageModel, preset_config
from minirnn.text.corpus import load, load_again, origin, read_once
from minirnn.training.folder.checkpoint import build_model, trainer_file
from minirnn.training.folder.owner import make
from minirnn.training.optim.optimizers import schedule
from minirnn.training.ranks import Ranks
from minirnn.training.reports.reporter import Reporter
from minirnn.training.settings import (
    Settings,
    TrainConfig,
    asked_length,
    choose_device,
    differing,
    stored_settings,
)
from minirnn.training.trainer import Trainer


def begin(
    settings: Settings, run_dir: Path, next_free: bool, held: ExitStack, reporter: Reporter, ranks: Ranks
) -> Trainer:
    """A new run, with its folder, which `held` keeps ours."""
    if not next_free:
        check_free(run_dir)
    device = choose_device(settings.device)
    _check_readers(settings.corpus, ranks)
    corpus = load(settings.corpus, settings.tokens, progress=_download_messages(reporter))
    if settings.seq_len >= len(corpus.train):
        words, most = WORDS[settings.tokens], len(corpus.train) - 1
        raise UsageError(
            f"A window of {settings.seq_len:,} {words} is longer than the text to train on, which has "
            f"{most + 1:,}: give --seq-len {most} or less, or a longer text."
        )
    torch.manual_seed(settings.seed)
    sizes = preset_config(
        settings.preset, corpus.vocabulary.size, d_model=settings.width, n_layers=settings.depth
    )
    trainer = Trainer(LanguageModel(sizes).to(device), corpus, settings, run_dir, reporter, ranks)
    # Last of all, so that a request that fails leaves nothing behind.
    run_dir, lock = make(run_dir, reporter.message, next_free=next_free)
    held.callback(unlock, lock)
    check_free(run_dir)
    trainer.run_dir = run_dir
    trainer.save()
    about = {
        "name": corpus.name,
        "description": corpus.description,
        "sha256": corpus.sha256,
        "tokens": settings.tokens,
    }
    content = {
        "format": FORMAT,
        "minirnn": __version__,
        "model": sizes.to_dict(),
        "train": settings.stored(),
        "corpus": about | origin(settings.corpus, run_dir),
        "vocabulary": corpus.vocabulary.to_dict(),
    }
    write_atomic(run_dir / CONFIG, json_text(content, indent=1) + "\n")
    return trainer


def go_on(asked: TrainConfig, run_dir: Path, reporter: Reporter, ranks: Ranks) -> Trainer:
    """The run in `run_dir`, as its last checkpoint left it; `asked` are the settings asked for now."""
    settings, stored = stored_settings(run_dir, asked), read_config(run_dir)
    device = choose_device(settings.device)
    model, _ = build_model(run_dir, stored)
    given = None
    if stored["corpus"].get("once") and asked.corpus != TrainConfig.corpus:
        given = asked.corpus
        settings = replace(settings, corpus=given)
        _check_readers(given, ranks)
    corpus = load_again(run_dir, stored, given, progress=_download_messages(reporter))
    if corpus.sha256 != stored["corpus"].get("sha256"):
        raise UsageError(
            f"The corpus {settings.corpus} is not the one that {run_dir.name} began with: bring the old text "
            "back, or train another run on the new one."
        )
    trainer = Trainer(model.to(device), corpus, settings, run_dir, reporter, ranks)
    trainer.restore()
    tell_ignored(run_dir, asked, settings, reporter, over=trainer.now.share() == 1)
    return trainer


def is_more(asked: TrainConfig, step: int, seconds: float) -> bool:
    """Whether the length that is asked for, counted from the run's beginning, is not reached yet."""
    return (asked.steps or 0) > step or 60 * (asked.minutes or 0) > seconds


def lengthen(trainer: Trainer, asked: TrainConfig) -> Trainer:
    """Let a run whose training is over go on, if more is asked for than it has had; else `trainer` itself.

    The learning rate is from now on what it is at this place of a run of that length.
    """
    now, run_dir, before = trainer.now, trainer.run_dir, trainer.settings
    if now.share() < 1 or not is_more(asked, now.step, now.seconds):
        return trainer
    # In this order a kill at any moment leaves a run that is unfinished, at its old length or at its new one.
    try:
        (run_dir / CURVE).unlink(missing_ok=True)
    except OSError as error:
        raise write_error(run_dir / CURVE, error) from error
    content, longer = read_config(run_dir), replace(before, length=asked_length(asked.steps, asked.minutes))
    content["train"] |= {"steps": asked.steps, "minutes": asked.minutes}
    write_atomic(run_dir / CONFIG, json_text(content, indent=1) + "\n")
    trainer = Trainer(trainer.model, trainer.corpus, longer, run_dir, trainer.reporter, trainer.ranks)
    trainer.restore()
    done = f"{now.step:,} steps" if before.length.unit == "steps" else f"{now.seconds / 60:.3g} minutes"
    kept = " from its best weights" if before.keep_best else ""
    rate = schedule(trainer.now.share())
    trainer.reporter.message(
        f"{run_dir.name} goes on{kept}, from {done} to {longer.length} in all. The learning rate is again "
        f"what a run of that length has at this point, {rate:.0%} of its peak, and from here changes as it "
        "does there."
    )
    return trainer


def check_free(run_dir: Path) -> None:
    """Raise UsageError unless `run_dir` is free for a new run: nothing there, or a start that was killed."""
    if (run_dir / CONFIG).exists():
        raise UsageError(
            f"The run {run_dir.name} exists: go on with it by --resume, or choose another --run name."
        )
    if run_dir.exists() and not run_dir.is_dir():
        raise UsageError(f"{run_dir} is a file: choose another --run name.")
    there = {path.name for path in run_dir.glob("*") if not path.name.endswith(".tmp")} - {LOCK}
    # What `begin` leaves when it is killed before config.json; anything else belongs to somebody.
    if there not in (set(), {trainer_file(0)}, {trainer_file(0), WEIGHTS}):
        raise UsageError(f"The folder {run_dir} holds files but no run: choose another --run name.")


def tell_ignored(
    run_dir: Path, asked: TrainConfig, settings: Settings, reporter: Reporter, over: bool = False
) -> None:
    """Say which settings asked for now are not those of the run. over: its length has been looked at."""
    if others := differing(asked, settings, {"steps", "minutes"} if over else set()):
        reporter.message(f"{run_dir.name} goes on with its own settings; ignored: {', '.join(others)}.")


def _check_readers(corpus: str, ranks: Ranks) -> None:
    if ranks.size > 1 and read_once(corpus):
        raise UsageError(
            f"Only one process can read {corpus}, and there are {ranks.size}: save the text in a file and "
            "give that with --corpus."
        )


def _download_messages(reporter: Reporter) -> Callable[[int, int], None]:
    """Tell the reporter of a download, a tenth at a time."""
    told = -1

    def progress(done: int, total: int) -> None:
        nonlocal told
        if (tenth := 10 * done // max(1, total)) > told:
            told = tenth
            reporter.message(f"Downloading: {done / 1e6:.1f} of {total / 1e6:.1f} MB.")

    return progress
