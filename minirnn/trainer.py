"""Training a language model: predict the next token, follow the gradient, repeat.

    loss = mean over t of -log p(x_{t+1} | x_1 .. x_t)      weights -= lr * update(gradient of the loss)

A gradient through the whole text would need the whole text in memory, so the text is cut into windows.
What a window starts from is the recipe's choice (`carry` in recipes.py). Truncated backpropagation
through time (Williams & Peng 1990) reads on: the state flows from one window into the next, and only the
gradient stops at the cut. Or each window starts from nothing, at a random place. A model that always
reads on never learns to begin.

The data of step s depends on the seed and on s alone, and the checkpoint holds everything else, so a
run that is killed and resumed goes the way it would have gone.
"""

from __future__ import annotations

import json
import math
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from torch import Tensor, nn

from minirnn.checkpoint import (
    clean,
    load_checkpoint,
    save_checkpoint,
    trainer_file,
)
from minirnn.errors import UserError
from minirnn.evaluate import WINDOW, evaluate_window
from minirnn.files import write_atomic, write_error
from minirnn.generate import generate
from minirnn.layers.gru import GRU
from minirnn.layers.lstm import LSTM
from minirnn.layers.rnn import RNN
from minirnn.optim import Muon
from minirnn.parallel import ALONE, Ranks
from minirnn.recipes import TrainConfig
from minirnn.runs import METRICS, read_metrics
from minirnn.speed import Threads, keep_freed_memory, rounded_products

if TYPE_CHECKING:
    from minirnn.corpus import Corpus
    from minirnn.lm import LanguageModel
    from minirnn.train import Reporter

WARM_UP = 0.03  # share of the run in which the learning rate rises
LOWEST = 0.01  # the learning rate at the very start and end, as a share of its peak
WEIGHT_DECAY, BETAS, CLIP = 0.1, (0.9, 0.99), 1.0
MUON_LR = 2.5  # Muon's learning rate in units of AdamW's
LOG_STEPS = 10  # steps from one line of metrics.jsonl to the next
ESTIMATES = 10  # the run is cut into so many parts, with an estimate of the validation loss between them
ESTIMATE_SHARE = 0.006  # tokens of one estimate, as a share of all tokens trained on: 2 % of the time in all
ESTIMATE_WINDOWS = 48  # of one estimate, at most: the same ones in each run that is not very short
CHECKPOINT_SECONDS, REPORT_SECONDS = 15.0, 0.25
SAMPLE_SECONDS, SAMPLE_TOKENS = 2.0, 80  # a piece of text now and then
SAMPLE_SHARE = 0.02  # of the time, at most
SAVE, END = 0.0, -1.0  # what rank 0 says instead of a learning rate, which is above 0


def schedule(progress: float) -> float:
    """The learning rate as a share of its peak: a linear rise, then a linear fall. progress: 0 to 1."""
    return max(LOWEST, min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP)))


def make_optimizers(model: LanguageModel, lr: float) -> list[torch.optim.Optimizer]:
    """Muon for the linear maps inside the blocks, AdamW for all else; lr is AdamW's.

    Embedding and head are tables with a row for each symbol, and what else has two dimensions (the taps of a
    convolution, the eigenvalues of a state space) is no map either: not all directions should count alike.
    Only what Muon handles decays towards zero: no gain, bias, table or eigenvalue wants to be zero.
    """
    maps = [module for module in model.blocks.modules() if isinstance(module, nn.Linear | RNN | GRU | LSTM)]
    matrices = [p for module in maps for p in module.parameters(recurse=False) if p.ndim == 2]
    inside = {id(p) for p in matrices}
    others = [p for p in model.parameters() if id(p) not in inside]
    return [
        Muon(matrices, lr=MUON_LR * lr, weight_decay=WEIGHT_DECAY),
        torch.optim.AdamW(others, lr=lr, betas=BETAS, weight_decay=0.0, fused=True),
    ]


def windows(
    ids: NDArray[Any], step: int, *, batch: int, seq_len: int, carry: bool, seed: int
) -> tuple[Tensor, Tensor, bool]:
    """The data of one step: inputs and targets, int64 (batch, seq_len), and whether the state starts at zero.

    ids: the text, 1-D integers, read as a ring. With `carry`, `batch` streams each own an equal share
    of the ring and read it window after window, from a start drawn anew for each epoch; without it,
    each window starts anywhere.
    """
    if carry:
        share = len(ids) // batch
        epoch, k = divmod(step, max(1, share // seq_len))
        first = np.random.default_rng((seed, epoch)).integers(len(ids))
        starts = first + share * np.arange(batch) + k * seq_len
    else:
        k, starts = 0, np.random.default_rng((seed, step)).integers(len(ids), size=batch)
    positions = (starts[:, None] + np.arange(seq_len + 1)) % len(ids)
    text = torch.from_numpy(ids[positions].astype(np.int64))
    return text[:, :-1], text[:, 1:], k == 0


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
        self.carried: tuple[Tensor, ...] | None = None
        self.step = self.first_step = self.saved_step = 0
        self.loss_sum, self.loss_steps = 0.0, 0  # since the last line of metrics.jsonl
        self.lr, self.norm = 0.0, 0.0
        self.estimates, self.estimate_windows = 0, 0
        self.val_loss: float | None = None
        self.seconds, self.seen = 0.0, time.perf_counter()
        # Only a run of so many steps can be repeated exactly, and a change of threads would spoil that.
        # Nor would the weights of all ranks stay the same.
        by_time = config.steps is None and self.device.type == "cpu" and ranks.size == 1
        self.threads = Threads() if by_time else None

    # What `save` takes as it is.
    KEPT = (
        *("carried", "seconds", "loss_sum", "loss_steps", "lr", "norm"),
        *("estimates", "estimate_windows", "val_loss"),
    )

    def save(self) -> None:
        """Make a checkpoint of this step; the lines of metrics.jsonl up to it reach the disk first."""
        if self.step and self.ranks.rank == 0:  # at step 0 the others wait for this very checkpoint
            self.ranks.order(SAVE)
        if not all(bool(torch.isfinite(p).all()) for p in self.model.parameters()):
            raise self._diverged("a weight is not a finite number any more")
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
        self.step = self.first_step = self.saved_step = step
        if self.ranks.rank:  # each rank draws from a chance of its own, where a model has any
            own = np.random.SeedSequence((self.config.seed, step, self.ranks.rank))
            torch.manual_seed(int(own.generate_state(1)[0]))
            return
        clean(self.run_dir, keep_trainer=trainer_file(step))
        kept = (json.dumps(line) + "\n" for line in read_metrics(self.run_dir) if line["step"] <= step)
        write_atomic(self.run_dir / METRICS, "".join(kept))

    def tick(self) -> float:
        """Read the clock and give the share of the run that is done, 0 to 1."""
        now = time.perf_counter()
        self.seconds, self.seen = self.seconds + now - self.seen, now
        if self.config.steps is not None:
            return min(1.0, self.step / self.config.steps)
        assert self.config.minutes is not None
        return min(1.0, self.seconds / (60 * self.config.minutes))

    def learn(self, scale: float) -> None:
        """One step at `scale` times the peak learning rate; sets `norm`, the length of the gradient."""
        inputs, targets, fresh = windows(
            self.corpus.train,
            self.step,
            batch=self.batch,
            seq_len=self.seq_len,
            carry=self.carry,
            seed=self.config.seed,
        )
        with rounded_products():
            logits, state = self.model(inputs[self.rows].to(self.device), None if fresh else self.carried)
            loss = F.cross_entropy(logits.flatten(0, 1), targets[self.rows].flatten().to(self.device))
            # Divided by the whole batch before the ranks are added up, so that nothing rounds otherwise.
            loss = loss * (len(logits) / self.batch)
            loss.backward()
        loss = self.ranks.add(self.model.parameters(), loss)
        norm = nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        nats, self.norm, self.lr = loss.item(), norm.item(), scale * (self.config.lr or 0.0)
        # Before the weights move, so that they stay those of the last good step.
        if not (math.isfinite(nats) and math.isfinite(self.norm)):
            raise self._diverged(f"the loss is {nats:.4g} and the norm of its gradient {self.norm:.4g}")
        for group in self._groups():
            group["lr"] = group["peak_lr"] * scale
        with rounded_products():
            for optimizer in self.optimizers:
                optimizer.step()
                optimizer.zero_grad()
        if self.carry:
            # Cut from the graph, and in memory exactly as a state that comes from a checkpoint.
            self.carried = tuple(s.detach().clone(memory_format=torch.contiguous_format) for s in state)
        self.step += 1
        self.loss_sum, self.loss_steps = self.loss_sum + nats, self.loss_steps + 1

    def run(self, stop: list[int]) -> None:
        """Train until time or steps are over, or until something is in `stop`; then save.

        On other ranks than 0: follow rank 0 until it ends.
        """
        if self.ranks.rank:
            while (said := self.ranks.order()) != END:
                self.save() if said == SAVE else self.learn(said)
            return self.ranks.leave()
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
            if progress * ESTIMATES >= self.estimates + 1:
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
        if progress == 1 and self.loss_steps:
            self._report(progress)
            self._log_training()
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
        self._append(json.dumps(line) + "\n")
        return line

    def _estimate(self, progress: float) -> None:
        """The validation loss on a few windows all over the split, the same ones each time."""
        if not self.estimate_windows:
            share = ESTIMATE_SHARE * self._tokens(self.step) / progress / WINDOW
            self.estimate_windows = min(ESTIMATE_WINDOWS, max(1, int(share)))
        self.estimates = int(progress * ESTIMATES)
        self.val_loss = evaluate_window(
            self.model, self.corpus.val, WINDOW, at_most=self.estimate_windows, device=self.device
        )
        self.log(val_loss=self.val_loss)

    def _continue(self, text: str) -> str:
        vocabulary, seed = self.corpus.vocabulary, self.step
        pieces = generate(self.model, vocabulary, text[-200:], SAMPLE_TOKENS, seed=seed, device=self.device)
        try:
            return "".join(pieces)
        except UserError as error:
            raise self._diverged("it predicts no finite numbers any more") from error

    def _training(self) -> dict[str, Any]:
        """Means since the last line of metrics.jsonl."""
        took = self.seconds - self.line_at
        speed = round(self._tokens(self.step - self.line_step) / took) if took else 0
        return {"loss": self.loss_sum / self.loss_steps, "lr": self.lr, "tokens_per_second": speed}

    def _report(self, progress: float) -> None:
        left = self.seconds * (1 - progress) / progress
        info = {"step": self.step, "fraction": progress, "val_loss": self.val_loss, "seconds_left": left}
        self.reporter.progress(info | self._training())

    def _log_training(self) -> None:
        self.log(**self._training(), grad_norm=self.norm)
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

    def _diverged(self, what: str) -> UserError:
        return UserError(
            f"Training diverged after step {self.step}: {what}. The checkpoint of step {self.saved_step} is "
            f"kept; train another run with a smaller --lr than {self.config.lr:g}."
        )
