"""Training a language model: predict the next token, follow the gradient, repeat.

    loss = mean over t of -log p(x_{t+1} | x_1 .. x_t)      weights -= lr * update(gradient of the loss)

A gradient through the whole text would need the whole text in memory, so the text is cut into windows.
What a window starts from is the recipe's choice (`carry` in recipes.py). Truncated backpropagation
through time (Williams & Peng 1990) reads on: the state flows from one window into the next, and only the
gradient stops at the cut. Or each window starts from nothing, at a random place. A model that always
reads on never learns to begin.

The data of step s depends on the seed and on s alone, and the checkpoint holds everything else, so a
run that is killed and resumed goes the way it would have gone.

On a GPU the host runs ahead (gradient.py): losses are read now and then, and a step that diverges moves
nothing.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn

from minirnn.base.errors import UserError
from minirnn.base.files import json_text, write_atomic, write_error
from minirnn.base.run_folder import METRICS, read_metrics
from minirnn.lm.evaluate import WINDOW, evaluate_random, evaluate_window
from minirnn.lm.generate import generate
from minirnn.training.batches import Feed
from minirnn.training.checkpoint import (
    clean,
    load_checkpoint,
    save_checkpoint,
    trainer_file,
)
from minirnn.training.gradient import Gradient, Meter, runs_ahead
from minirnn.training.machine import Threads, keep_freed_memory, rounded_products
from minirnn.training.optimizers import make_optimizers, schedule
from minirnn.training.ranks import ALONE, Ranks
from minirnn.training.recipes import TrainConfig

if TYPE_CHECKING:
    from minirnn.lm import LanguageModel
    from minirnn.text.corpus import Corpus
    from minirnn.training.run import Reporter

CLIP = 1.0  # the gradient is never longer
LOG_STEPS = 10  # steps from one line of metrics.jsonl to the next
ESTIMATES = 10  # the run is cut into so many parts, with an estimate of the validation loss between them
ESTIMATE_SHARE = 0.006  # tokens of one estimate, as a share of all tokens trained on: 2 % of the time in all
ESTIMATE_WINDOWS = 48  # of one estimate, at most: the same ones in each run that is not very short
BEST_ESTIMATES, BEST_WINDOWS = 30, 480  # instead, where the weights of the best estimate are kept
CHECKPOINT_SECONDS, REPORT_SECONDS = 15.0, 0.25
SAMPLE_SECONDS, SAMPLE_TOKENS = 2.0, 80  # a piece of text now and then
SAMPLE_SHARE = 0.02  # of the time, at most
SAVE, END = 0.0, -1.0  # what rank 0 says instead of a learning rate, which is above 0


class Trainer:
    """A model in training. `save` keeps, and `restore` brings back, all that decides how it goes on."""

    def __init__(
        self,
        model: LanguageModel,
        corpus: Corpus,
        config: TrainConfig,
        run_dir: Path,
        reporter: Reporter,
        ranks: Ranks = ALONE,
    ) -> None:
        assert config.batch and config.seq_len and config.lr and config.carry is not None, (
            "resolve(config) first"
        )
        self.model, self.corpus, self.config = model, corpus, config
        self.run_dir, self.reporter = run_dir, reporter
        self.batch, self.seq_len, self.carry = config.batch, config.seq_len, config.carry
        self.ranks, self.rows = ranks, ranks.rows(config.batch)
        self.device = next(model.parameters()).device
        keep_freed_memory()
        self.optimizers = make_optimizers(model, config.lr)
        for group in self._groups():
            group["peak_lr"] = group["lr"]
        self.ahead = runs_ahead(self.device)
        self.feed = Feed(
            corpus.train,
            self.device,
            self.rows,
            ahead=self.ahead,
            batch=self.batch,
            seq_len=self.seq_len,
            carry=self.carry,
            seed=config.seed,
        )
        compiled = self.ahead and bool(config.compiled) and not self.carry
        share = (self.rows.stop - self.rows.start) / self.batch
        self.gradient = Gradient(model, share, compiled=compiled, tell=reporter.message)
        self.meter = Meter(self.device)
        if self.ahead:
            for optimizer in self.optimizers:
                optimizer.found_inf = self.meter.broken  # type: ignore[attr-defined]
        self.carried: tuple[Tensor, ...] | None = None
        self.best: dict[str, Any] | None = None  # step, val_loss and weights of the best estimate, if kept
        self.step = self.first_step = self.saved_step = 0
        self.good_step = 0  # the last step known to be finite
        self.loss_sum, self.loss_steps = 0.0, 0  # since the last line of metrics.jsonl
        self.lr, self.norm = 0.0, 0.0
        self.estimates, self.estimate_windows = 0, 0
        self.val_loss: float | None = None
        self.seconds, self.seen = 0.0, time.perf_counter()
        self.threads = self._threads()

    # What `save` takes as it is.
    KEPT = (
        *("carried", "seconds", "loss_sum", "loss_steps", "lr", "norm"),
        *("estimates", "estimate_windows", "val_loss", "best"),
    )

    def save(self) -> None:
        """Make a checkpoint of this step; the lines of metrics.jsonl up to it reach the disk first."""
        if self.step and self.ranks.rank == 0:  # at step 0 the others wait for this very checkpoint
            self.ranks.order(SAVE)
        self.read()
        if not all(bool(torch.isfinite(p).all()) for p in self.model.parameters()):
            raise self.diverged("a weight is not a finite number any more")
        carried = self.ranks.whole(self.carried, self.batch)
        if self.ranks.rank:
            self.saved_step = self.step
            return
        if self.step:
            self._append("", sync=True)
        state = {name: getattr(self, name) for name in self.KEPT} | {
            "carried": carried,
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "rng": torch.get_rng_state(),
            "cuda_rng": torch.cuda.get_rng_state() if self.device.type == "cuda" else None,
        }
        save_checkpoint(self.run_dir, self.model, state, self.step)
        self.saved_step = self.step

    def restore(self) -> None:
        """Go back to the checkpoint, and drop what metrics.jsonl and the folder hold beyond it."""
        step, state = load_checkpoint(self.run_dir, self.model)
        state = {"best": None} | state  # which older runs do not have
        try:
            for name in self.KEPT:
                setattr(self, name, state[name])
            for optimizer, saved in zip(self.optimizers, state["optimizers"], strict=True):
                optimizer.load_state_dict(saved)
            if self.carried is not None:
                self.carried = tuple(tensor[self.rows].to(self.device) for tensor in self.carried)
            torch.set_rng_state(state["rng"])
            if self.device.type == "cuda" and state["cuda_rng"] is not None:
                torch.cuda.set_rng_state(state["cuda_rng"])
        except (KeyError, ValueError, TypeError, RuntimeError) as error:
            path = self.run_dir / trainer_file(step)
            raise UserError(f"{path} does not fit this version of minirnn: {error}.") from error
        self.step = self.first_step = self.saved_step = self.good_step = step
        self.estimates = min(self.estimates, int(self.share() * self._parts))  # fewer if it was lengthened
        if self.ranks.rank:  # each rank draws from a chance of its own, where a model has any
            own = np.random.SeedSequence((self.config.seed, step, self.ranks.rank))
            torch.manual_seed(int(own.generate_state(1)[0]))
            return
        clean(self.run_dir, keep_trainer=trainer_file(step))
        if step and not (self.run_dir / METRICS).exists():
            self.reporter.message(
                f"{METRICS} of {self.run_dir.name} is lost, and with it the losses up to step {step:,}."
            )
        self._keep_metrics()

    def lengthen(self, config: TrainConfig) -> None:
        """Go on, where training was over, as `config` says: more steps, or more minutes, since the beginning.

        The learning rate is from now on what it is at this place of a run of that length.
        """
        self.config = config
        if self.threads:
            self.threads.restore()
        self.threads = self._threads()
        self.estimates = int(self.share() * self._parts)
        if self.ranks.rank == 0:
            self._keep_metrics()

    def _keep_metrics(self) -> None:
        """Keep of metrics.jsonl what led here: nothing later, and the final evaluation only at the end."""
        over = self.share() == 1
        kept = (
            line
            for line in read_metrics(self.run_dir)
            if line["step"] <= self.step and (over or not line.get("final"))
        )
        write_atomic(self.run_dir / METRICS, "".join(json_text(line) + "\n" for line in kept))

    def _threads(self) -> Threads | None:
        # Only a run of so many steps can be repeated exactly, and a change of threads would spoil that.
        # Nor would the weights of all ranks stay the same.
        by_time = self.config.steps is None and self.device.type == "cpu" and self.ranks.size == 1
        return Threads() if by_time else None

    def tick(self) -> float:
        """Read the clock and give the share of the run that is done, 0 to 1."""
        now = time.perf_counter()
        self.seconds, self.seen = self.seconds + now - self.seen, now
        return self.share()

    def share(self) -> float:
        """The share of the run that is done, 0 to 1, by the clock as it was last read."""
        if self.config.steps is not None:
            return min(1.0, self.step / self.config.steps)
        assert self.config.minutes is not None
        return min(1.0, self.seconds / (60 * self.config.minutes))

    def learn(self, scale: float) -> None:
        """One step at `scale` times the peak learning rate."""
        inputs, targets, fresh = self.feed(self.step)
        with rounded_products():
            loss, state = self.gradient(inputs, targets, None if fresh else self.carried)
        loss = self.ranks.add(self.model.parameters(), loss)
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.lr = scale * (self.config.lr or 0.0)
        self.meter.add(loss, norm)
        if not self.ahead:
            self.read()  # before the weights move, so that they stay those of the last good step
        self.update(scale)
        if self.carry:
            # Cut from the graph, and in memory exactly as a state that comes from a checkpoint.
            self.carried = tuple(s.detach().clone(memory_format=torch.contiguous_format) for s in state)
        self.step += 1

    def read(self) -> None:
        """Fetch what the steps have measured: sets `norm`, the length of the gradient, and the mean loss.

        Raises UserError after a loss or a gradient that is no finite number. (A GPU runs ahead of this
        question; its optimisers have then left the weights as the last good step made them.)
        """
        seen = self.meter.read()
        self.loss_sum, self.loss_steps = self.loss_sum + seen.loss_sum, self.loss_steps + seen.good
        self.good_step += seen.good
        if seen.broken:
            what = f"the loss is {seen.loss:.4g} and the norm of its gradient {seen.norm:.4g}"
            raise self.diverged(what, self.good_step)
        if seen.good:
            self.norm = seen.norm

    def update(self, scale: float) -> None:
        """Move the weights along the gradient and drop it."""
        for group in self._groups():
            group["lr"] = group["peak_lr"] * scale
        with rounded_products():
            for optimizer in self.optimizers:
                optimizer.step()
                optimizer.zero_grad()

    def compile(self) -> None:
        """Where this run is compiled, do so now, on the windows of the next step."""
        if self.gradient.compiled:
            self.reporter.message("Compiling the model, which the clock of training does not count.")
            inputs, targets, _ = self.feed(self.step)
            with rounded_products():
                self.gradient.compile(inputs, targets)

    def run(self, stop: list[int]) -> None:
        """Train until time or steps are over, or until something is in `stop`; then save.

        On other ranks than 0: follow rank 0 until it ends.
        """
        if self.ranks.rank:
            self.compile()
            while (said := self.ranks.order()) != END:
                self.save() if said == SAVE else self.learn(said)
            return self.ranks.leave()
        self.seen = time.perf_counter()
        if self.tick() < 1 and not stop:
            self.compile()
        self.seen, self.line_step, self.line_at = time.perf_counter(), self.step, self.seconds
        reported_at = saved_at = self.seconds
        text, sample_at = "", self.seconds + SAMPLE_SECONDS
        progress = self.tick()
        while progress < 1 and not stop:
            began = self.seconds
            self.learn(self.ranks.order(schedule(progress)))
            progress = self.tick()
            if self.threads:
                self.threads.took(self.seconds - began)
            if progress == 1:
                break
            if self.seconds >= reported_at + REPORT_SECONDS:
                reported_at = self.seconds
                self._report(progress)
            if self.step % LOG_STEPS == 0:
                self._log_training()
            if progress * self._parts >= self.estimates + 1:
                self._estimate(progress)
            if self.seconds >= sample_at:
                text += self._continue(text)
                self.reporter.sample(text)
                began = self.seconds
                self.tick()
                sample_at = self.seconds + max(SAMPLE_SECONDS, (self.seconds - began) / SAMPLE_SHARE)
            if self.seconds >= saved_at + CHECKPOINT_SECONDS:
                self.save()
                saved_at = self.seconds
            progress = self.tick()
        self.read()
        if progress == 1 and self.loss_steps:
            self._report(progress)
            self._log_training()
        if progress == 1 and self.config.keep_best:
            self._take_best()
        if self.step > self.saved_step:
            self.save()
        self.ranks.order(END)
        self.ranks.leave()

    def log(self, **values: Any) -> dict[str, Any]:
        """Append a line to metrics.jsonl and give its content."""
        line = {
            "step": self.step,
            "tokens": self._tokens(self.step),
            **values,
            "seconds": round(self.seconds, 3),
        }
        self._append(json_text(line) + "\n")
        return line

    @property
    def _parts(self) -> int:
        return BEST_ESTIMATES if self.config.keep_best else ESTIMATES

    def _estimate(self, progress: float) -> None:
        """The validation loss on a few windows all over the split, the same ones each time.

        Where the best weights are kept, on windows at random places, as public recipes do it.
        """
        self.read()
        keep = self.config.keep_best
        if not self.estimate_windows:
            share = ESTIMATE_SHARE * self._tokens(self.step) / progress / WINDOW
            limit = BEST_WINDOWS if keep else ESTIMATE_WINDOWS
            self.estimate_windows = min(limit, max(1, int(share)))
        self.estimates = int(progress * self._parts)
        model, val, windows = self.model, self.corpus.val, self.estimate_windows
        if keep:
            self.val_loss = evaluate_random(model, val, WINDOW, windows, device=self.device)
        else:
            self.val_loss = evaluate_window(model, val, WINDOW, at_most=windows, device=self.device)
        if not math.isfinite(self.val_loss):
            raise self.diverged(f"the loss on the validation text is {self.val_loss}")
        self.log(val_loss=self.val_loss)
        if keep and (self.best is None or self.val_loss < self.best["val_loss"]):
            weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
            self.best = {"step": self.step, "val_loss": self.val_loss, "weights": weights}

    def _take_best(self) -> None:
        """End with the weights of the best estimate; those of the last step compete with them."""
        if self.estimates < self._parts:
            self._estimate(1.0)
        assert self.best is not None
        self.model.load_state_dict(self.best["weights"])
        self.save()

    def _continue(self, text: str) -> str:
        vocabulary, seed = self.corpus.vocabulary, self.step
        pieces = generate(self.model, vocabulary, text[-200:], SAMPLE_TOKENS, seed=seed, device=self.device)
        try:
            return "".join(pieces)
        except UserError as error:
            raise self.diverged("it predicts no finite numbers any more") from error

    def _training(self) -> dict[str, Any]:
        """Means since the last line of metrics.jsonl."""
        self.read()
        took = self.seconds - self.line_at
        speed = round(self._tokens(self.step - self.line_step) / took) if took else 0
        return {"loss": self.loss_sum / self.loss_steps, "lr": self.lr, "tokens_per_second": speed}

    def _report(self, progress: float) -> None:
        left = self.seconds * (1 - progress) / progress
        info = {"step": self.step, "fraction": progress, "val_loss": self.val_loss, "seconds_left": left}
        if self.gradient.seconds is not None:
            info["compile_seconds"] = self.gradient.seconds
        self.reporter.progress(info | self._training())

    def _log_training(self) -> None:
        training = self._training()  # which reads the norm too
        self.log(**training, grad_norm=self.norm)
        self.loss_sum, self.loss_steps = 0.0, 0
        self.line_step, self.line_at = self.step, self.seconds

    def _tokens(self, steps: int) -> int:
        return steps * self.batch * self.seq_len

    def _groups(self) -> Iterator[dict[str, Any]]:
        for optimizer in self.optimizers:
            yield from optimizer.param_groups

    def _append(self, text: str, sync: bool = False) -> None:
        path = self.run_dir / METRICS
        try:
            with open(path, "ab") as file:
                file.write(text.encode("utf-8"))
                file.flush()
                if sync:
                    os.fsync(file.fileno())
        except OSError as error:
            raise write_error(path, error) from error

    def diverged(self, what: str, step: int | None = None) -> UserError:
        step = self.step if step is None else step
        return UserError(
            f"Training diverged after step {step}: {what}. The checkpoint of step {self.saved_step} is "
            f"kept; train another run with a smaller --lr than {self.config.lr:g}."
        )
