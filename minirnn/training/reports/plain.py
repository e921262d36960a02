"""What training prints where no terminal can draw: a line at a time, without control characters."""

from __future__ import annotations

import time
from typing import Any, Self, TextIO

from minirnn.base.wording import WORDS, format_loss, format_seconds, printable
from minirnn.training.reports.lines import start_lines
from minirnn.training.reports.reporter import Result

PLAIN_PARTS, PLAIN_SECONDS = 20, 60.0  # a line at each twentieth of a run, and at least each minute


class PlainReporter:
    """One line of text at a time, for pipes, logs and screen readers."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.tokens = "chars"
        self.part, self.printed_at = -1, time.monotonic()
        self.written, self.told = "", 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def start(self, info: dict[str, Any]) -> None:
        """Say what begins."""
        self.tokens = info["tokens"]
        for line in start_lines(info):
            self.message(line)

    def progress(self, info: dict[str, Any]) -> None:
        """A line at each twentieth of the run, and at least each minute; text at each quarter."""
        part = int(info["fraction"] * PLAIN_PARTS)
        now = time.monotonic()
        if part <= self.part and now < self.printed_at + PLAIN_SECONDS:
            return
        quarter = part * 4 // PLAIN_PARTS > self.part * 4 // PLAIN_PARTS
        self.part, self.printed_at = part, now
        line = f"{info['fraction']:4.0%}  step {info['step']}  loss {format_loss(info['loss'], self.tokens)}"
        if info["val_loss"] is not None:
            line += f"  validation {format_loss(info['val_loss'], self.tokens)}"
        speed = f"{info['tokens_per_second']:,.0f} {WORDS[self.tokens]}/s"
        self.message(f"{line}  {speed}  {format_seconds(info['seconds_left'])} left")
        if quarter and len(self.written) > self.told:
            self.message("The model writes:")
            for text in self.written[self.told :][-200:].splitlines():
                self.message("    " + text)
            self.told = len(self.written)

    def sample(self, text: str) -> None:
        """Keep the text; `progress` prints what is new of it now and then."""
        self.written = text

    def message(self, text: str) -> None:
        """Print one line."""
        print(printable(text, self.stream.encoding), file=self.stream, flush=True)

    def finish(self, result: Result) -> None:
        """Nothing: the caller prints the summary."""
