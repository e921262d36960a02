"""A training run from its first moment to its last: set up or resume, train, evaluate, leave the folder.

    check -> corpus -> model -> first checkpoint -> config.json -> train -> evaluate -> samples -> loss curve

Whatever can be wrong with the request is found before the folder is made. config.json comes after the
first checkpoint and the loss curve last of all: the one says that a run is there, the other that it is
finished. A run that stopped anywhere between the two goes on with `resume`.
"""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal, Protocol

import torch

from minirnn import __version__
from minirnn.base.errors import UsageError
from minirnn.base.files import json_text, unlock, write_atomic, write_error
from minirnn.base.run_folder import (
    CONFIG,
    CURVE,
    FORMAT,
    LOCK,
    SAMPLE,
    WEIGHTS,
    final_line,
    read_config,
    read_metrics,
)
from minirnn.lm import LanguageModel, preset_config
from minirnn.lm.evaluate import WINDOW, evaluate_stream, evaluate_window
from minirnn.lm.generate import generate
from minirnn.text.corpus import UNITS, load, load_again, origin, read_once
from minirnn.text.ngram import Baseline, baselines
from minirnn.training.checkpoint import build_model, trainer_file
from minirnn.training.optimizers import schedule
from minirnn.training.owner import make, own
from minirnn.training.ranks import ALONE, Ranks
from minirnn.training.recipes import (
    TrainConfig,
    check_numbers,
    choose_device,
    differing,
    resolve,
    stored_settings,
)
from minirnn.training.trainer import Trainer

SAMPLES, SAMPLE_LENGTH = 3, 400  # texts in sample.txt, tokens in each


@dataclass(frozen=True)
class Result:
    """How a run ended. Losses in nats per token over the whole validation split, None unless finished.

    status: "followed" is that of all ranks but the first, which alone evaluates (ranks.py).
    val_loss: in windows of `window` tokens; stream_loss: with the state carried, None for a
    model whose state grows with the text. seconds: of training. best: where the best weights are kept, the
    `step` they are of and the `val_loss` of their estimate on so many `windows` at random places.
    """

    status: Literal["finished", "interrupted", "followed"]
    run_dir: Path
    step: int
    seconds: float
    val_loss: float | None = None
    window: int | None = None
    stream_loss: float | None = None
    baselines: tuple[Baseline, ...] = ()
    samples: tuple[str, ...] = ()
    best: dict[str, Any] | None = None


class Reporter(Protocol):
    """Where training says what it does."""

    def start(self, info: dict[str, Any]) -> None:
        """Once, before the first step: the settings, the sizes, and the step from which the run goes on."""

    def progress(self, info: dict[str, Any]) -> None:
        """A few times a second: step, fraction, loss, val_loss, lr, tokens_per_second, seconds_left."""

    def sample(self, text: str) -> None:
        """Every few seconds: all that the model has written in this session so far."""

    def message(self, text: str) -> None:
        """One sentence that the reader should see."""

    def finish(self, result: Result) -> None:
        """Once, at the end, unless training raised."""


@contextmanager
def interrupts() -> Iterator[list[int]]:
    """Collect Ctrl-C and SIGTERM in a list instead of dying of them; the second raises KeyboardInterrupt."""
    caught: list[int] = []

    def handle(number: int, frame: object) -> None:
        caught.append(number)
        if len(caught) > 1:
            raise KeyboardInterrupt

    # Only the main thread may set handlers; in another one, its owner decides what a signal means.
    mine = (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
    before = {number: signal.signal(number, handle) for number in mine}
    try:
        yield caught
    finally:
        for number, handler in before.items():
            signal.signal(number, handler or signal.SIG_DFL)


def train(
    config: TrainConfig,
    run_dir: Path | str,
    *,
    resume: bool = False,
    next_free: bool = False,
    reporter: Reporter,
    ranks: Ranks = ALONE,
) -> Result:
    """Train a model as `config` says and leave it in `run_dir`; with `resume`, go on with the run there.

    A resumed run keeps its stored settings. A run whose training is over goes on if `config` has more steps
    or minutes than it has had since its beginning, and is left as it is otherwise. next_free: the name of
    `run_dir` ends in a number; where it is taken, take the next number. The first Ctrl-C or SIGTERM saves and
    returns an "interrupted" result. Raises UsageError for what cannot be done as asked, also while another
    process trains the run, and UserError for what failed; the last checkpoint is whole in either case. With
    several `ranks` all of them call this with the same arguments, and see the same folder.
    """
    run_dir, asked = Path(run_dir), config
    if resume:
        check_numbers(asked)
        config, final = stored_settings(run_dir, asked), final_line(run_dir)
        if final is not None and not _is_more(asked, final["step"], final["seconds"]):
            _tell_ignored(run_dir, asked, config, reporter)
            reporter.message(
                f"The run {run_dir.name} is finished: there is nothing left to do. "
                "More --steps or --minutes than it has had lengthen it."
            )
            return _result(run_dir, final)
    with ExitStack() as held:
        if ranks.rank == 0:
            if resume:
                held.callback(unlock, own(run_dir, reporter.message))
                trainer = _go_on(asked, run_dir, reporter, ranks)
                _lengthen(trainer, asked, reporter)
            else:
                trainer = _begin(resolve(asked), run_dir, next_free, held, reporter, ranks)
            run_dir = trainer.run_dir
        ranks.meet()  # the run is there now, and its settings are what they will be
        run_dir = Path(ranks.path(str(run_dir)))
        if ranks.rank:
            trainer = _go_on(asked, run_dir, reporter, ranks)
        return _run(trainer, reporter)


def _run(trainer: Trainer, reporter: Reporter) -> Result:
    """Train to the end, and evaluate."""
    reporter.start(describe(trainer))
    if trainer.config.compiled and not trainer.gradient.compiled:
        preset = trainer.config.preset
        reporter.message(
            f"{preset} is made for a CUDA device: here it trains in float32, not compiled, slowly."
        )
    try:
        with interrupts() as caught:
            trainer.run(caught)
        # From here on Ctrl-C just ends it: the weights are saved, and `resume` makes the rest.
        if trainer.ranks.rank:
            result = Result("followed", trainer.run_dir, trainer.step, trainer.seconds)
        else:
            result = _interrupted(trainer) if caught else finish(trainer)
    except KeyboardInterrupt:
        result = _interrupted(trainer)
    finally:
        if trainer.threads:
            trainer.threads.restore()
    reporter.finish(result)
    return result


def _begin(
    config: TrainConfig, run_dir: Path, next_free: bool, held: ExitStack, reporter: Reporter, ranks: Ranks
) -> Trainer:
    """A new run, with its folder, which `held` keeps ours; `config` is resolved."""
    if not next_free:
        check_free(run_dir)
    device = choose_device(config.device)
    _check_readers(config.corpus, ranks)
    corpus = load(config.corpus, config.tokens, progress=_download_messages(reporter))
    if config.seq_len is not None and config.seq_len >= len(corpus.train):
        unit, most = UNITS[config.tokens], len(corpus.train) - 1
        raise UsageError(
            f"A window of {config.seq_len:,} {unit} is longer than the text to train on, which has "
            f"{most + 1:,}: give --seq-len {most} or less, or a longer text."
        )
    torch.manual_seed(config.seed)
    settings = preset_config(
        config.preset, corpus.vocabulary.size, d_model=config.width, n_layers=config.depth
    )
    trainer = Trainer(LanguageModel(settings).to(device), corpus, config, run_dir, reporter, ranks)
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
        "tokens": config.tokens,
    }
    content = {
        "format": FORMAT,
        "minirnn": __version__,
        "model": settings.to_dict(),
        "train": asdict(config),
        "corpus": about | origin(config.corpus, run_dir),
        "vocabulary": corpus.vocabulary.to_dict(),
    }
    write_atomic(run_dir / CONFIG, json_text(content, indent=1) + "\n")
    return trainer


def _go_on(asked: TrainConfig, run_dir: Path, reporter: Reporter, ranks: Ranks) -> Trainer:
    """The run in `run_dir`, as its last checkpoint left it; `asked` are the settings asked for now."""
    config, stored = stored_settings(run_dir, asked), read_config(run_dir)
    device = choose_device(config.device)
    model, _ = build_model(run_dir, stored)
    given = None
    if stored["corpus"].get("once") and asked.corpus != TrainConfig.corpus:
        given = asked.corpus
        config = replace(config, corpus=given)
        _check_readers(given, ranks)
    corpus = load_again(run_dir, stored, given, progress=_download_messages(reporter))
    if corpus.sha256 != stored["corpus"].get("sha256"):
        raise UsageError(
            f"The corpus {config.corpus} is not the one that {run_dir.name} began with: bring the old text "
            "back, or train another run on the new one."
        )
    trainer = Trainer(model.to(device), corpus, config, run_dir, reporter, ranks)
    trainer.restore()
    _tell_ignored(run_dir, asked, config, reporter, over=trainer.share() == 1)
    return trainer


def _check_readers(corpus: str, ranks: Ranks) -> None:
    if ranks.size > 1 and read_once(corpus):
        raise UsageError(
            f"Only one process can read {corpus}, and there are {ranks.size}: save the text in a file and "
            "give that with --corpus."
        )


def _tell_ignored(
    run_dir: Path, asked: TrainConfig, settings: TrainConfig, reporter: Reporter, over: bool = False
) -> None:
    """Say which settings asked for now are not those of the run. over: its length has been looked at."""
    if others := differing(asked, settings, {"steps", "minutes"} if over else set()):
        reporter.message(f"{run_dir.name} goes on with its own settings; ignored: {', '.join(others)}.")


def _is_more(asked: TrainConfig, step: int, seconds: float) -> bool:
    """Whether the length that is asked for, counted from the run's beginning, is not reached yet."""
    return (asked.steps or 0) > step or 60 * (asked.minutes or 0) > seconds


def _lengthen(trainer: Trainer, asked: TrainConfig, reporter: Reporter) -> None:
    """Let a run whose training is over go on, if more is asked for than it has had."""
    if trainer.share() < 1 or not _is_more(asked, trainer.step, trainer.seconds):
        return
    run_dir, before = trainer.run_dir, trainer.config
    # In this order a kill at any moment leaves a run that is unfinished, at its old length or at its new one.
    try:
        (run_dir / CURVE).unlink(missing_ok=True)
    except OSError as error:
        raise write_error(run_dir / CURVE, error) from error
    content, longer = read_config(run_dir), replace(before, steps=asked.steps, minutes=asked.minutes)
    content["train"] |= {"steps": asked.steps, "minutes": asked.minutes}
    write_atomic(run_dir / CONFIG, json_text(content, indent=1) + "\n")
    trainer.lengthen(longer)
    done = f"{trainer.step:,} steps" if before.steps else f"{trainer.seconds / 60:.3g} minutes"
    more = f"{asked.steps:,} steps" if asked.steps else f"{asked.minutes:g} minutes"
    kept = " from its best weights" if before.keep_best else ""
    rate = schedule(trainer.share())
    reporter.message(
        f"{run_dir.name} goes on{kept}, from {done} to {more} in all. The learning rate is again what a run "
        f"of that length has at this point, {rate:.0%} of its peak, and from here changes as it does there."
    )


def check_free(run_dir: Path) -> None:
    """Raise UsageError unless `run_dir` is free for a new run: nothing there, or a start that was killed."""
    if (run_dir / CONFIG).exists():
        raise UsageError(
            f"The run {run_dir.name} exists: go on with it by --resume, or choose another --run name."
        )
    if run_dir.exists() and not run_dir.is_dir():
        raise UsageError(f"{run_dir} is a file: choose another --run name.")
    there = {path.name for path in run_dir.glob("*") if not path.name.endswith(".tmp")} - {LOCK}
    # What `_begin` leaves when it is killed before config.json; anything else belongs to somebody.
    if there not in (set(), {trainer_file(0)}, {trainer_file(0), WEIGHTS}):
        raise UsageError(f"The folder {run_dir} holds files but no run: choose another --run name.")


def describe(trainer: Trainer) -> dict[str, Any]:
    """What `Reporter.start` is told: each setting by its name, then the sizes and the surroundings."""
    corpus = trainer.corpus
    return asdict(trainer.config) | {
        "run": str(trainer.run_dir),
        "first_step": trainer.first_step,
        "model_parameters": sum(p.numel() for p in trainer.model.parameters()),
        "device_used": str(trainer.device),
        "processes": trainer.ranks.size,
        "threads": trainer.threads.before if trainer.threads else torch.get_num_threads(),
        "threads_vary": trainer.threads is not None,
        "corpus_description": corpus.description,
        "train_tokens": len(corpus.train),
        "val_tokens": len(corpus.val),
        "vocab_size": corpus.vocabulary.size,
    }


def finish(trainer: Trainer) -> Result:
    """Evaluate on the whole validation split, write the samples and the loss curve; may be repeated.

    Raises UserError when the loss is no finite number.
    """
    from minirnn.base.plots import loss_curve

    model, corpus, device, run_dir = trainer.model, trainer.corpus, trainer.device, trainer.run_dir
    lines = read_metrics(run_dir)
    final = next((line for line in lines if line.get("final") and line["step"] == trainer.step), None)
    if final is None:
        val_loss = evaluate_window(model, corpus.val, WINDOW, device=device)
        if not math.isfinite(val_loss):
            raise trainer.diverged(f"the loss on the validation text is {val_loss}")
        stream = None if model.state_grows else evaluate_stream(model, corpus.val, device=device)
        if stream is not None and not math.isfinite(stream):
            trainer.reporter.message(
                "Reading on through the whole text, its state carried, the model predicts no finite numbers: "
                "its state grows without bound."
            )
            stream = None
        counted = baselines(corpus.train, corpus.val, corpus.vocabulary.size)
        best = trainer.best and {
            "step": trainer.best["step"],
            "val_loss": trainer.best["val_loss"],
            "windows": trainer.estimate_windows,
        }
        final = trainer.log(
            final=True,
            **({"best": best} if best else {}),
            val_loss=val_loss,
            window=WINDOW,
            stream_loss=stream,
            baselines=[asdict(baseline) for baseline in counted],
        )
    samples = tuple(
        "".join(generate(model, corpus.vocabulary, "", SAMPLE_LENGTH, seed=seed, device=device))
        for seed in range(SAMPLES)
    )
    page = "\n\n".join(f"--- sample, seed {seed} ---\n{text}" for seed, text in enumerate(samples))
    write_atomic(run_dir / SAMPLE, page + "\n")
    loss_curve(run_dir)
    return replace(_result(run_dir, final), samples=samples)


def _result(run_dir: Path, final: dict[str, Any]) -> Result:
    counted = tuple(Baseline(**baseline) for baseline in final["baselines"])
    losses = {name: final[name] for name in ("val_loss", "window", "stream_loss")} | {
        "best": final.get("best")
    }
    return Result("finished", run_dir, final["step"], final["seconds"], **losses, baselines=counted)


def _interrupted(trainer: Trainer) -> Result:
    return Result("interrupted", trainer.run_dir, trainer.saved_step, trainer.seconds)


def _download_messages(reporter: Reporter) -> Callable[[int, int], None]:
    """Tell the reporter of a download, a tenth at a time."""
    told = -1

    def progress(done: int, total: int) -> None:
        nonlocal told
        if (tenth := 10 * done // max(1, total)) > told:
            told = tenth
            reporter.message(f"Downloading: {done / 1e6:.1f} of {total / 1e6:.1f} MB.")

    return progress
