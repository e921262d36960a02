"""The parts of one training run, put together, and what a checkpoint keeps of them.

The loop (loop.py) sets these parts to work. The data of step s depends on the seed and on s alone, and the
checkpoint holds everything else, so a run that is killed and resumed goes the way it would have gone.
"""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch

from minirnn.base.errors import UserError
from minirnn.base.run_folder import METRICS, append_metrics, cut_metrics, sync_metrics
from minirnn.lm import LanguageModel
from minirnn.text.corpus import Corpus
from minirnn.training.batches import Cut, Feed
from minirnn.training.folder.checkpoint import clean, load_checkpoint, save_checkpoint, trainer_file
from minirnn.training.loss import Loss
from minirnn.training.machine import keep_freed_memory
from minirnn.training.optim.optimizers import make_optimizers
from minirnn.training.progress import Progress, TrainState, runs_ahead
from minirnn.training.ranks import ALONE, Order, Ranks
from minirnn.training.reports.reporter import Reporter
from minirnn.training.settings import Settings


class Trainer:
    """A model, and all that trains it. `now` says where the run stands.

    ahead: whether the host runs ahead of a GPU, so that nobody asks for the numbers of each step.
    """

    def __init__(
        self,
        model: LanguageModel,
        corpus: Corpus,
        settings: Settings,
        run_dir: Path,
        reporter: Reporter,
        ranks: Ranks = ALONE,
    ) -> None:
        self.model, self.corpus, self.settings = model, corpus, settings
        self.run_dir, self.reporter, self.ranks = run_dir, reporter, ranks
        self.device = next(model.parameters()).device
        self.ahead = runs_ahead(self.device)
        self.rows = ranks.rows(settings.batch)
        keep_freed_memory()
        cut = Cut(settings.batch, settings.seq_len, settings.carry, settings.seed)
        self.feed = Feed(corpus.train, cut, self.device, self.rows, ahead=self.ahead)
        share = (self.rows.stop - self.rows.start) / settings.batch
        compiled = self.ahead and settings.compiled and not settings.carry
        self.loss = Loss(model, share, compiled=compiled, tell=reporter.message)
        self.optimizers = make_optimizers(model, settings.lr)
        self.now = Progress(settings, self.device)
        if self.ahead:
            for optimizer in self.optimizers:
                optimizer.found_inf = self.now.meter.broken  # type: ignore[attr-defined]

    def record(self, **values: Any) -> dict[str, Any]:
        """Append a line to metrics.jsonl and give its content."""
        now = self.now
        line = {"step": now.step, "tokens": now.tokens(now.step), **values, "seconds": round(now.seconds, 3)}
        append_metrics(self.run_dir, line)
        return line

    def save(self) -> None:
        """Make a checkpoint of this step; the lines of metrics.jsonl up to it reach the disk first."""
        now = self.now
        if now.step and self.ranks.rank == 0:  # at step 0 the others wait for this very checkpoint
            self.ranks.order(Order.SAVE)
        now.read()
        if not all(bool(torch.isfinite(p).all()) for p in self.model.parameters()):
            raise now.diverged("a weight is not a finite number any more")
        carried = self.ranks.whole(now.carried, self.settings.batch)
        if self.ranks.rank == 0:
            if now.step:
                sync_metrics(self.run_dir)
            state = {field.name: getattr(now, field.name) for field in fields(TrainState)} | {
                "carried": carried,
                "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
                "rng": torch.get_rng_state(),
                "cuda_rng": torch.cuda.get_rng_state() if self.device.type == "cuda" else None,
            }
            save_checkpoint(self.run_dir, self.model, state, now.step)
        now.saved_step = now.step

    def restore(self) -> None:
        """Go back to the checkpoint, and drop what metrics.jsonl and the folder hold beyond it."""
        now, (step, state) = self.now, load_checkpoint(self.run_dir, self.model)
        try:
            for field in fields(TrainState):
                setattr(now, field.name, state[field.name])
            for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
                optimizer.load_state_dict(saved)
            if now.carried is not None:
                now.carried = tuple(tensor[self.rows].to(self.device) for tensor in now.carried)
            torch.set_rng_state(state["rng"])
            if self.device.type == "cuda" and state["cuda_rng"] is not None:
                torch.cuda.set_rng_state(state["cuda_rng"])
        except (KeyError, ValueError, TypeError, RuntimeError) as error:
            path = self.run_dir / trainer_file(step)
            raise UserError(f"{path} does not fit this version of minirnn: {error}.") from error
        now.step = now.first_step = now.saved_step = now.good_step = step
        if self.ranks.rank:  # each rank draws from a chance of its own, where a model has any
            own = np.random.SeedSequence((self.settings.seed, step, self.ranks.rank))
            torch.manual_seed(int(own.generate_state(1)[0]))
            return
        clean(self.run_dir, keep_trainer=trainer_file(step))
        if step and not (self.run_dir / METRICS).exists():
            self.reporter.message(
                f"{METRICS} of {self.run_dir.name} is lost, and with it the losses up to step {step:,}."
            )
        cut_metrics(self.run_dir, step, final=now.share() == 1)
