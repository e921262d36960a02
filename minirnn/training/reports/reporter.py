"""Whom training tells what it does, and how a run ended."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from minirnn.text.ngram import Baseline


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
