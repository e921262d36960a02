"""What training shows in a terminal: a view that is redrawn in place.

It is drawn when training reports, at most four times a second, by the thread that trains: no second thread
competes with it. Nothing is said by colour alone.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, TextIO

from rich.console import Console
from rich.live import Live
from rich.text import Text

from minirnn.base.wording import UNITS, WORDS, can_draw, format_loss, format_seconds, printable
from minirnn.training.reports.chart import chart_range, loss_chart
from minirnn.training.reports.lines import start_lines
from minirnn.training.reports.plain import PlainReporter
from minirnn.training.reports.reporter import Reporter, Result

REFRESH_SECONDS = 0.25
REVEAL_SECONDS = 2.0  # new text appears over about this time, so that it seems to be typed
CHART_ROWS, CHART_BINS = 6, 512
TEXT_KEPT = 20_000  # characters: more than any screen holds


def make_reporter(plain: bool, stream: TextIO) -> PlainReporter | LiveReporter:
    """The reporter that fits the stream: live in a terminal that can, unless `plain` asks for lines."""
    if plain or not can_draw(stream):
        return PlainReporter(stream)
    return LiveReporter(Console(file=stream, highlight=False, markup=False, emoji=False))


class LiveReporter:
    """A view that is redrawn in place: progress, loss, speed, a chart of the loss, and the growing text.

    Use it in a `with`, which gives the terminal back however the training ends.
    """

    def __init__(self, console: Console) -> None:
        self.console = console
        unicode = not console.legacy_windows and _can_write(console.encoding, "\u2588\u2591\u2502\u28ff")
        self.view = View(unicode)
        self.live = Live(console=console, auto_refresh=False, vertical_overflow="crop")
        self.drawn_at = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.live.stop()

    def start(self, info: dict[str, Any]) -> None:
        """Say what begins, and open the view below."""
        for line in start_lines(info):
            self.message(line)
        self.view.tokens = info["tokens"]
        self.live.start()

    def progress(self, info: dict[str, Any]) -> None:
        """Take the numbers in, and draw if the last drawing is old enough."""
        self.view.take(info)
        now = time.monotonic()
        if now >= self.drawn_at + REFRESH_SECONDS or info["fraction"] >= 1:
            self.view.reveal(now - self.drawn_at)
            self.drawn_at = now
            self._draw()

    def sample(self, text: str) -> None:
        """The text so far; the next drawings reveal what is new of it."""
        self.view.write(text, self.console.encoding)

    def message(self, text: str) -> None:
        """Print a line above the view."""
        self.console.print(Text(printable(text, self.console.encoding)))

    def finish(self, result: Result) -> None:
        """Leave the numbers and the chart on the screen; the text makes room for the summary."""
        self.view.text, self.view.waiting = "", False
        self._draw()
        self.live.stop()

    def _draw(self) -> None:
        width, height = self.console.size
        lines = self.view.lines(width, height - 1)
        self.live.update(Text("\n".join(lines), no_wrap=True, overflow="crop"), refresh=True)


class View:
    """What the live view shows, as lines of text for a given size."""

    def __init__(self, unicode: bool) -> None:
        self.unicode = unicode
        self.tokens = "chars"
        self.info: Mapping[str, Any] | None = None
        self.bins: dict[int, tuple[float, int]] = {}  # loss by share of the run: sum and count
        # The end of the model's text, its whole length, and how many characters wait to be shown.
        self.text, self.written, self.hidden = "", 0, 0.0
        self.waiting = False

    def take(self, info: Mapping[str, Any]) -> None:
        """Take in what `Reporter.progress` is told."""
        self.info = info
        self.waiting = info["fraction"] >= 1
        index = min(CHART_BINS - 1, int(info["fraction"] * CHART_BINS))
        total, count = self.bins.get(index, (0.0, 0))
        self.bins[index] = total + info["loss"], count + 1

    def write(self, text: str, encoding: str) -> None:
        """Take in the text written so far; what is new of it is hidden until `reveal`."""
        self.hidden += len(text) - self.written
        self.written = len(text)
        self.text = printable(text[-TEXT_KEPT:], encoding)

    def reveal(self, seconds: float) -> None:
        """Let a share of the hidden text appear."""
        self.hidden -= min(self.hidden, max(4.0, self.hidden * seconds / REVEAL_SECONDS))

    def lines(self, width: int, height: int) -> list[str]:
        """At most `height` lines of at most `width` characters; the numbers first, then chart, then text."""
        if self.info is None:
            return []
        info, words = self.info, WORDS[self.tokens]
        full, empty = "\u2588\u2591" if self.unicode else "#-"
        measured = info["val_loss"] is not None
        left = f"  {info['fraction']:4.0%}  {format_seconds(info['seconds_left'])} left"
        room = max(0, width - len(left))
        done = int(info["fraction"] * room)
        lines = [
            full * done + empty * (room - done) + left,
            f"loss        {format_loss(info['loss'], self.tokens)}",
            "validation  " + (format_loss(info["val_loss"], self.tokens) if measured else "not measured yet"),
            f"speed       {info['tokens_per_second']:,.0f} {words}/s   step {info['step']:,}   "
            f"learning rate {info['lr']:.2g}",
        ]
        if height >= len(lines) + CHART_ROWS + 2:
            lines += [f"loss in training, in nats/{UNITS[self.tokens]}:", *self._chart(width)]
        if self.waiting:
            lines += ["", "Training is over. Next: the whole validation text, n-grams to compare, samples."]
        elif self.text:
            lines += ["", "the model writes:"]
            lines += _tail(self.text[: len(self.text) - int(self.hidden)], width, height - len(lines))
        return [line[:width] for line in lines[:height]]

    def _chart(self, width: int) -> list[str]:
        points = [((index + 0.5) / CHART_BINS, total / count) for index, (total, count) in self.bins.items()]
        low, high = chart_range(points)
        labels = {0: f"{high:.2f}", CHART_ROWS - 1: f"{low:.2f}"}
        bar = "\u2502" if self.unicode else "|"
        rows = loss_chart(points, max(1, width - 12), CHART_ROWS, self.unicode)
        return [f"{labels.get(number, ''):>10} {bar}{row}" for number, row in enumerate(rows)]


def _tail(text: str, width: int, height: int) -> list[str]:
    """The last `height` lines of the text, cut to `width` characters each."""
    lines: list[str] = []
    for line in text[-width * max(height, 0) :].expandtabs(4).split("\n"):
        lines += [line[start : start + width] for start in range(0, max(len(line), 1), width)]
    return lines[-height:] if height > 0 else []


def _can_write(encoding: str, text: str) -> bool:
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


if TYPE_CHECKING:
    # mypy checks here that both are what training asks for.
    _reporters: tuple[type[Reporter], ...] = (PlainReporter, LiveReporter)
