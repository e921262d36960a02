"""Where a run stands, and what its steps have measured, without a wait for the GPU.

A GPU works through a queue that the host fills. As soon as the host asks for a number, `loss.item()`, it
must wait until the queue is empty, and then the GPU waits for the host. So the loss, the length of the
gradient and the question whether both are finite stay on the device (`Meter`), and are read only now and
then. A step must then be able to refuse an update by itself: `Meter.broken` is what torch's fused
optimisers, and ours, know as `found_inf`, and they leave the weights alone where it is 1.

`TrainState` is what a checkpoint keeps of all this. `Progress` adds what is only true while the process runs.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor

from minirnn.base.errors import UserError
from minirnn.layers.contract import State
from minirnn.training.settings import Settings


def runs_ahead(device: torch.device) -> bool:
    """Whether the host fills a queue for this device, so that reading a number from it costs time."""
    return device.type == "cuda"


class Reading(NamedTuple):
    """What a meter has counted since it was read: the sum of the losses of `good` steps; then the last loss
    and norm, those of the first bad step if there was one (`broken`)."""

    loss_sum: float
    good: int
    loss: float
    norm: float
    broken: bool


class Meter:
    """Sums on the device. After the first loss or norm that is not finite it counts no further."""

    def __init__(self, device: torch.device) -> None:
        self.broken = torch.zeros((), device=device)  # 0 or 1, and once 1 for good
        # Sum of losses, good steps, last loss, last norm; in double precision, which Apple's GPUs lack.
        exact = torch.float32 if device.type == "mps" else torch.float64
        self.counts = torch.zeros(4, device=device, dtype=exact)

    def add(self, loss: Tensor, norm: Tensor) -> None:
        """Note the loss and the norm of a step's gradient, both of shape ()."""
        loss, norm = loss.detach().to(self.counts.dtype), norm.detach().to(self.counts.dtype)
        before = self.broken > 0
        bad = before | ~(torch.isfinite(loss) & torch.isfinite(norm))
        latest = torch.where(before, self.counts[2:], torch.stack([loss, norm]))
        gained = torch.where(bad, 0.0, torch.stack([loss, torch.ones_like(loss)]))
        self.counts = torch.cat([self.counts[:2] + gained, latest])
        # In place, because the optimisers hold this very tensor.
        self.broken.copy_(bad)

    def read(self) -> Reading:
        """Wait for the device, give what it has counted, and begin to sum anew."""
        loss_sum, good, loss, norm, broken = torch.cat([self.counts, self.broken.view(1)]).tolist()
        self.counts = torch.cat([torch.zeros_like(self.counts[:2]), self.counts[2:]])
        return Reading(loss_sum, int(good), loss, norm, bool(broken))


@dataclass
class TrainState:
    """What a checkpoint keeps, beside the step, the weights, the optimisers and the random generators.

    seconds: of training. carried: what the next window starts from, if the state is carried. lr, norm: of the
    last step. loss_sum, loss_steps: since the last line of metrics.jsonl. estimates: how many parts of the
    run have had theirs of the validation loss, each on `estimate_windows` windows; val_loss: the last one.
    best: step, val_loss and weights of the best estimate, if they are kept.
    """

    seconds: float = 0.0
    carried: State | None = None
    lr: float = 0.0
    norm: float = 0.0
    loss_sum: float = 0.0
    loss_steps: int = 0
    estimates: int = 0
    estimate_windows: int = 0
    val_loss: float | None = None
    best: dict[str, Any] | None = None


class Progress(TrainState):
    """Where a run stands now.

    step: steps that have been taken; first_step: those before this process; saved_step: those of the last
    checkpoint; good_step: the last one known to be finite. meter: what the steps add their numbers to.
    """

    def __init__(self, settings: Settings, device: torch.device) -> None:
        super().__init__()
        self.settings, self.meter = settings, Meter(device)
        self.step = self.first_step = self.saved_step = self.good_step = 0
        self.start()

    def start(self) -> None:
        """Begin to count the time here."""
        self.seen = time.perf_counter()

    def tick(self) -> float:
        """Read the clock and give the share of the run that is done, 0 to 1."""
        now = time.perf_counter()
        self.seconds, self.seen = self.seconds + now - self.seen, now
        return self.share()

    def share(self) -> float:
        """The share of the run that is done, 0 to 1, by the clock as it was last read."""
        return self.settings.length.share(self.step, self.seconds)

    def tokens(self, steps: int) -> int:
        """How many tokens so many steps read."""
        return steps * self.settings.batch * self.settings.seq_len

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

    def diverged(self, what: str, step: int | None = None) -> UserError:
        """The sentence for numbers that are not finite any more."""
        step = self.step if step is None else step
        return UserError(
            f"Training diverged after step {step}: {what}. The checkpoint of step {self.saved_step} is "
            f"kept; train another run with a smaller --lr than {self.settings.lr:g}."
        )
