"""The loss of a batch: plainly; or in bfloat16 and compiled, as a GPU is fast at it.

    loss = mean over t of -log p(x_{t+1} | x_1 .. x_t)

In bfloat16 products of matrices round their factors; the weights and the states of scans stay in float32.
Compiling joins the many small operations between two products of matrices.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from minirnn.layers.contract import State


class Loss:
    """Called with inputs, targets and a state, gives the loss, to be differentiated, and the next state.

    share: of the batch that these rows are; the loss is multiplied by it, so that losses and gradients of all
    shares add up to those of the batch. compiled: in bfloat16 and compiled, and then without the next state:
    compiled code makes only what is asked for. tell: is given a sentence when compiling fails, and the rest
    of the run goes without it.
    """

    def __init__(
        self, model: nn.Module, share: float, *, compiled: bool, tell: Callable[[str], None]
    ) -> None:
        self.model, self.share, self.compiled, self.tell = model, share, compiled, tell
        self.rounded: Callable[..., Tensor] = self._rounded
        self.seconds: float | None = None  # that compiling took

    def __call__(self, inputs: Tensor, targets: Tensor, state: State | None) -> tuple[Tensor, State]:
        """inputs, targets (batch, time) int64; loss () float32, the mean over all of them."""
        if self.compiled:
            return self.share * self.rounded(inputs, targets), ()
        logits, after = self.model(inputs, state)
        return self.share * F.cross_entropy(logits.flatten(0, 1), targets.flatten()), after

    def _rounded(self, inputs: Tensor, targets: Tensor) -> Tensor:
        with torch.autocast(inputs.device.type, torch.bfloat16):
            logits, _ = self.model(inputs)
            return F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten())

    def compile(self, inputs: Tensor, targets: Tensor) -> None:
        """Compile for inputs of this shape; changes no weight, no gradient and no random generator."""
        began = time.perf_counter()
        devices = [inputs.device] if inputs.device.type == "cuda" else []
        with torch.random.fork_rng(devices):
            self.rounded = torch.compile(self._rounded, dynamic=False)
            try:
                self.rounded(inputs, targets).backward()
            except Exception as error:  # whatever a compiler may raise
                self.rounded = self._rounded
                reason = (str(error).strip() or type(error).__name__).splitlines()[0]
                self.tell(f"torch.compile fails here ({reason}): training goes on without it, more slowly.")
        self.model.zero_grad()
        if inputs.device.type == "cuda":
            torch.cuda.synchronize()
        self.seconds = time.perf_counter() - began
