"""A step of training in which the host never waits for the GPU.

A GPU works through a queue that the host fills. As soon as the host asks for a number, `loss.item()`, it
must wait until the queue is empty, and then the GPU waits for the host. So the loss, the length of the
gradient and the question whether both are finite stay on the device (`Meter`), and are read only now and
then. A step must then be able to refuse an update by itself: `Meter.broken` is what torch's fused
optimisers, and ours, know as `found_inf`, and they leave the weights alone where it is 1.

`Gradient` makes the loss and its gradient: plainly; or in bfloat16 (the weights and the states of scans
stay in float32) and compiled, which joins the many small operations between two matrix products.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

State = tuple[Tensor, ...]


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


class Gradient:
    """Called with inputs, targets and a state, gives the loss and the next state, and adds to each `.grad`.

    share: of the batch that these rows are; loss and gradient are multiplied by it, so that those of all
    shares add up to those of the batch. compiled: in bfloat16 and compiled, and then without the next
    state: compiled code makes only what is asked for. tell: is given a sentence when compiling fails, and
    the rest of the run goes without it.
    """

    def __init__(
        self, model: nn.Module, share: float, *, compiled: bool, tell: Callable[[str], None]
    ) -> None:
        self.model, self.share, self.compiled, self.tell = model, share, compiled, tell
        self.loss: Callable[..., Tensor] = self._loss
        self.seconds: float | None = None  # that compiling took

    def __call__(self, inputs: Tensor, targets: Tensor, state: State | None) -> tuple[Tensor, State]:
        """inputs, targets (batch, time) int64; loss () float32, the mean over all of them."""
        if not self.compiled:
            logits, after = self.model(inputs, state)
            loss = self.share * F.cross_entropy(logits.flatten(0, 1), targets.flatten())
            loss.backward()
            return loss.detach(), after
        loss = self.share * self.loss(inputs, targets)
        loss.backward()
        return loss.detach(), ()

    def _loss(self, inputs: Tensor, targets: Tensor) -> Tensor:
        with torch.autocast(inputs.device.type, torch.bfloat16):
            logits, _ = self.model(inputs)
            return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())

    def compile(self, inputs: Tensor, targets: Tensor) -> None:
        """Compile for inputs of this shape; changes no weight, no gradient and no random generator."""
        began = time.perf_counter()
        devices = [inputs.device] if inputs.device.type == "cuda" else []
        with torch.random.fork_rng(devices):
            self.loss = torch.compile(self._loss, dynamic=False)
            try:
                self.loss(inputs, targets).backward()
            except Exception as error:  # whatever a compiler may raise
                self.loss = self._loss
                reason: Any = (str(error).strip() or type(error).__name__).splitlines()[0]
                self.tell(f"torch.compile fails here ({reason}): training goes on without it, more slowly.")
        self.model.zero_grad()
        if inputs.device.type == "cuda":
            torch.cuda.synchronize()
        self.seconds = time.perf_counter() - began
