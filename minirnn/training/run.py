"""A training run from its first moment to its last: begin or go on, train, evaluate, leave the folder.

    begin or go on (start.py) -> train (loop.py) -> evaluate -> samples -> loss curve

The loss curve comes last of all: it says that a run is finished. A run that stopped anywhere before it goes
on with `resume`.
"""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import torch

from minirnn.base.files import unlock, write_atomic
from minirnn.base.run_folder import SAMPLE, final_line, read_metrics
from minirnn.lm.evaluate import WINDOW, evaluate_stream, evaluate_window
from minirnn.lm.generate import generate
from minirnn.text.ngram import Baseline, baselines
from minirnn.training import loop
from minirnn.training.folder.owner import own
from minirnn.training.machine import Threads
from minirnn.training.ranks import ALONE, Ranks
from minirnn.training.reports.curve import loss_curve
from minirnn.training.reports.reporter import Reporter, Result
from minirnn.training.settings import TrainConfig, check_numbers, resolve, stored_settings
from minirnn.training.start import begin, go_on, is_more, lengthen, tell_ignored
from minirnn.training.trainer import Trainer

SAMPLES, SAMPLE_LENGTH = 3, 400  # texts in sample.txt, tokens in each


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
    run_dir = Path(run_dir)
    if resume:
        check_numbers(config)
        settings, final = stored_settings(run_dir, config), final_line(run_dir)
        if final is not None and not is_more(config, final["step"], final["seconds"]):
            tell_ignored(run_dir, config, settings, reporter)
            reporter.message(
                f"The run {run_dir.name} is finished: there is nothing left to do. "
                "More --steps or --minutes than it has had lengthen it."
            )
            return _result(run_dir, final)
    with ExitStack() as held:
        if ranks.rank == 0:
            if resume:
                held.callback(unlock, own(run_dir, reporter.message))
                trainer = lengthen(go_on(config, run_dir, reporter, ranks), config)
            else:
                trainer = begin(resolve(config), run_dir, next_free, held, reporter, ranks)
            run_dir = trainer.run_dir
        ranks.meet()  # the run is there now, and its settings are what they will be
        run_dir = Path(ranks.path(str(run_dir)))
        if ranks.rank:
            trainer = go_on(config, run_dir, reporter, ranks)
        return _run(trainer, reporter)


def _run(trainer: Trainer, reporter: Reporter) -> Result:
    """Train to the end, and evaluate."""
    settings, now = trainer.settings, trainer.now
    reporter.start(describe(trainer))
    if settings.compiled and not trainer.loss.compiled:
        reporter.message(
            f"{settings.preset} is made for a CUDA device: here it trains in float32, not compiled, slowly."
        )
    threads = Threads(vary=_may_vary_threads(trainer))
    try:
        with interrupts() as caught:
            loop.run(trainer, threads, caught)
        # From here on Ctrl-C just ends it: the weights are saved, and `resume` makes the rest.
        if trainer.ranks.rank:
            result = Result("followed", trainer.run_dir, now.step, now.seconds)
        else:
            result = _interrupted(trainer) if caught else finish(trainer)
    except KeyboardInterrupt:
        result = _interrupted(trainer)
    finally:
        threads.restore()
    reporter.finish(result)
    return result


def describe(trainer: Trainer) -> dict[str, Any]:
    """What `Reporter.start` is told: each setting by its name, then the sizes and the surroundings."""
    corpus = trainer.corpus
    return trainer.settings.stored() | {
        "run": str(trainer.run_dir),
        "first_step": trainer.now.first_step,
        "model_parameters": sum(p.numel() for p in trainer.model.parameters()),
        "device_used": str(trainer.device),
        "processes": trainer.ranks.size,
        "threads": torch.get_num_threads(),
        "threads_vary": _may_vary_threads(trainer),
        "corpus_description": corpus.description,
        "train_tokens": len(corpus.train),
        "val_tokens": len(corpus.val),
        "vocab_size": corpus.vocabulary.size,
    }


def _may_vary_threads(trainer: Trainer) -> bool:
    # Only a run of so many steps can be repeated exactly, and a change of threads would spoil that.
    # Nor would the weights of all ranks stay the same.
    by_time = trainer.settings.length.unit == "minutes"
    return by_time and trainer.device.type == "cpu" and trainer.ranks.size == 1


def finish(trainer: Trainer) -> Result:
    """Evaluate on the whole validation split, write the samples and the loss curve; may be repeated.

    Raises UserError when the loss is no finite number.
    """
    model, corpus, device, run_dir = trainer.model, trainer.corpus, trainer.device, trainer.run_dir
    now, lines = trainer.now, read_metrics(run_dir)
    final = next((line for line in lines if line.get("final") and line["step"] == now.step), None)
    if final is None:
        val_loss = evaluate_window(model, corpus.val, WINDOW, device=device)
        if not math.isfinite(val_loss):
            raise now.diverged(f"the loss on the validation text is {val_loss}")
        stream = None if model.state_grows else evaluate_stream(model, corpus.val, device=device)
        if stream is not None and not math.isfinite(stream):
            trainer.reporter.message(
                "Reading on through the whole text, its state carried, the model predicts no finite numbers: "
                "its state grows without bound."
            )
            stream = None
        counted = baselines(corpus.train, corpus.val, corpus.vocabulary.size)
        best = now.best and {
            "step": now.best["step"],
            "val_loss": now.best["val_loss"],
            "windows": now.estimate_windows,
        }
        final = trainer.record(
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
    shown = "\n\n".join(f"--- sample, seed {seed} ---\n{text}" for seed, text in enumerate(samples))
    write_atomic(run_dir / SAMPLE, shown + "\n")
    loss_curve(run_dir)
    return replace(_result(run_dir, final), samples=samples)


def _result(run_dir: Path, final: dict[str, Any]) -> Result:
    counted = tuple(Baseline(**baseline) for baseline in final["baselines"])
    losses = {name: final[name] for name in ("val_loss", "window", "stream_loss")} | {
        "best": final.get("best")
    }
    return Result("finished", run_dir, final["step"], final["seconds"], **losses, baselines=counted)


def _interrupted(trainer: Trainer) -> Result:
    return Result("interrupted", trainer.run_dir, trainer.now.saved_step, trainer.now.seconds)
