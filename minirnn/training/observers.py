"""What looks at a run while it trains: each says when it is due, and then does one thing.

After each step the loop (loop.py) asks them in the order in which they stand here. None of them changes what
the run learns: the weights are the same however often they look.
"""

from __future__ import annotations

import math
from typing import Any

from minirnn.base.errors import UserError
from minirnn.lm.evaluate import WINDOW, evaluate_random, evaluate_window
from minirnn.lm.generate import generate
from minirnn.training.trainer import Trainer

LOG_STEPS = 10  # steps from one line of metrics.jsonl to the next
ESTIMATES = 10  # the run is cut into so many parts, with an estimate of the validation loss between them
ESTIMATE_SHARE = 0.006  # tokens of one estimate, as a share of all tokens trained on: 2 % of the time in all
ESTIMATE_WINDOWS = 48  # of one estimate, at most: the same ones in each run that is not very short
BEST_ESTIMATES, BEST_WINDOWS = 30, 480  # instead, where the weights of the best estimate are kept
CHECKPOINT_SECONDS, REPORT_SECONDS = 15.0, 0.25
SAMPLE_SECONDS, SAMPLE_TOKENS = 2.0, 80  # a piece of text now and then
SAMPLE_SHARE = 0.02  # of the time, at most


class Report:
    """Tells the reader where training is, a few times a second."""

    def __init__(self, trainer: Trainer, log: Log) -> None:
        self.trainer, self.log, self.last = trainer, log, trainer.now.seconds

    def due(self) -> bool:
        """A quarter of a second after the last time."""
        return self.trainer.now.seconds >= self.last + REPORT_SECONDS

    def act(self) -> None:
        """Give the reporter the numbers."""
        now = self.trainer.now
        self.last, share = now.seconds, now.share()
        left = now.seconds * (1 - share) / share
        info = {"step": now.step, "fraction": share, "val_loss": now.val_loss, "seconds_left": left}
        if self.trainer.loss.seconds is not None:
            info["compile_seconds"] = self.trainer.loss.seconds
        self.trainer.reporter.progress(info | self.log.means())


class Log:
    """Writes the training loss into metrics.jsonl."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer = trainer
        self.line_step, self.line_seconds = trainer.now.step, trainer.now.seconds  # of the last line

    def due(self) -> bool:
        """At each tenth step."""
        return self.trainer.now.step % LOG_STEPS == 0

    def means(self) -> dict[str, Any]:
        """The means since the last line."""
        now = self.trainer.now
        now.read()
        took = now.seconds - self.line_seconds
        speed = round(now.tokens(now.step - self.line_step) / took) if took else 0
        return {"loss": now.loss_sum / now.loss_steps, "lr": now.lr, "tokens_per_second": speed}

    def act(self) -> None:
        """Write a line."""
        now, means = self.trainer.now, self.means()  # which reads the norm too
        self.trainer.record(**means, grad_norm=now.norm)
        now.loss_sum, now.loss_steps = 0.0, 0
        self.line_step, self.line_seconds = now.step, now.seconds


class Estimate:
    """Estimates the validation loss on a few windows all over the split, the same ones each time.

    Where the best weights are kept, on windows at random places, as public recipes do it.
    """

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.keep_best = trainer, trainer.settings.keep_best
        self.parts = BEST_ESTIMATES if self.keep_best else ESTIMATES
        # A run that was lengthened has had more than are due at this share of its new length.
        trainer.now.estimates = min(trainer.now.estimates, int(trainer.now.share() * self.parts))

    def due(self) -> bool:
        """When the next part of the run is over."""
        now = self.trainer.now
        return now.share() * self.parts >= now.estimates + 1

    def act(self) -> None:
        """Measure, and keep the weights if they are the best so far and such are kept."""
        trainer, now = self.trainer, self.trainer.now
        now.read()
        share = now.share()
        if not now.estimate_windows:
            windows = int(ESTIMATE_SHARE * now.tokens(now.step) / share / WINDOW)
            now.estimate_windows = min(BEST_WINDOWS if self.keep_best else ESTIMATE_WINDOWS, max(1, windows))
        now.estimates = int(share * self.parts)
        model, val, windows = trainer.model, trainer.corpus.val, now.estimate_windows
        if self.keep_best:
            now.val_loss = evaluate_random(model, val, WINDOW, windows, device=trainer.device)
        else:
            now.val_loss = evaluate_window(model, val, WINDOW, at_most=windows, device=trainer.device)
        if not math.isfinite(now.val_loss):
            raise now.diverged(f"the loss on the validation text is {now.val_loss}")
        trainer.record(val_loss=now.val_loss)
        if self.keep_best and (now.best is None or now.val_loss < now.best["val_loss"]):
            weights = {name: tensor.clone() for name, tensor in model.state_dict().items()}
            now.best = {"step": now.step, "val_loss": now.val_loss, "weights": weights}

    def choose(self) -> None:
        """At the end, take the best weights, where they are kept; those of the last step compete."""
        now = self.trainer.now
        if not self.keep_best:
            return
        if now.estimates < self.parts:
            self.act()
        assert now.best is not None
        self.trainer.model.load_state_dict(now.best["weights"])
        self.trainer.save()


class Sample:
    """Lets the model write, a piece of text now and then."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.text = trainer, ""
        self.next = trainer.now.seconds + SAMPLE_SECONDS

    def due(self) -> bool:
        """Every few seconds; less often where a piece takes long."""
        return self.trainer.now.seconds >= self.next

    def act(self) -> None:
        """Let the model go on with its text, and show all of it."""
        trainer, now = self.trainer, self.trainer.now
        before, vocabulary = now.seconds, trainer.corpus.vocabulary
        end = self.text[-200:]
        pieces = generate(trainer.model, vocabulary, end, SAMPLE_TOKENS, seed=now.step, device=trainer.device)
        try:
            self.text += "".join(pieces)
        except UserError as error:
            raise now.diverged("it predicts no finite numbers any more") from error
        trainer.reporter.sample(self.text)
        now.tick()
        self.next = now.seconds + max(SAMPLE_SECONDS, (now.seconds - before) / SAMPLE_SHARE)


class Checkpoint:
    """Saves the run now and then."""

    def __init__(self, trainer: Trainer) -> None:
        self.trainer, self.last = trainer, trainer.now.seconds

    def due(self) -> bool:
        """A quarter of a minute after the last time."""
        return self.trainer.now.seconds >= self.last + CHECKPOINT_SECONDS

    def act(self) -> None:
        """Save, so that a killed run goes on from here."""
        self.trainer.save()
        self.last = self.trainer.now.seconds
