"""How a learner's words reach the screen: as plain lines, or laid out by rich in a terminal that can.

Both know the same things: lines, headings, prose, code, tables, two pieces of code side by side. Plain shows
them as lines that a screen reader reads well; Rich adds colour and columns. Colour never says anything that
the words do not.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from minirnn.base.wording import can_draw, lines_of, printable

if TYPE_CHECKING:
    from minirnn.course.exercise_files import Exercise

BAR = 24


def output_for(stream: TextIO, plain: bool) -> Plain:
    """What fits the stream: rich in a terminal that can, unless `plain` asks for lines."""
    return Plain(stream) if plain or not can_draw(stream) else Rich(stream)


class Plain:
    """Lines of text, one thing at a time."""

    fancy = False

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def line(self, text: str = "", style: str = "") -> None:
        """A line, or several."""
        try:
            print(printable(text, self.stream.encoding or None), file=self.stream, flush=True)
        except OSError as error:
            # Whoever read our output is gone, which Windows calls EINVAL: end, and write nothing more.
            if error.errno not in (errno.EPIPE, errno.EINVAL):
                raise
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())
            raise SystemExit(1) from None

    def heading(self, text: str) -> None:
        """What the following is about."""
        self.line()
        self.line(text)

    def prose(self, text: str) -> None:
        """Paragraphs of Markdown, as they are."""
        self.line(text)

    def text(self, text: str) -> None:
        """A piece of code."""
        for line in lines_of(text):
            self.line(f"    {line}".rstrip())

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of (step, expected, yours), the first of them the header."""
        header = rows[0]
        for row in rows[1:]:
            cells = [f"{name} {cell}" for name, cell in zip(header[1:], row[1:], strict=True)]
            self.line(f"    {header[0]} = {row[0]}: {', '.join(cells)}{differs(row)}")

    def beside(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Two titled pieces of code."""
        for title, code in (left, right):
            self.heading(title)
            self.text(code)

    def bar(self, done: int, total: int, text: str) -> None:
        """How far one is."""
        self.line(text)

    def statement(self, exercise: Exercise) -> None:
        """Where one reads what is asked for."""
        self.line(f"{exercise.filename.removesuffix('.py')}.md says what to write.")


class Rich(Plain):
    """The same on a terminal, with colour, a table and columns."""

    fancy = True

    def __init__(self, stream: TextIO) -> None:
        super().__init__(stream)
        from rich.console import Console

        self.console: Any = Console(file=stream, highlight=False, markup=False, emoji=False)

    def line(self, text: str = "", style: str = "") -> None:
        """A line, or several."""
        self.console.print(printable(text, self.stream.encoding or None), style=style or None)

    def heading(self, text: str) -> None:
        """What the following is about."""
        self.line()
        self.line(text, "bold")

    def prose(self, text: str) -> None:
        """Paragraphs of Markdown, broken anew to fit the terminal."""
        out: list[str] = []
        open_, fenced = False, False
        for line in lines_of(text):
            fenced ^= line.startswith("```")
            plain = bool(line) and not fenced and line[0] not in " -*|#>`0123456789"
            if plain and open_:
                out[-1] += f" {line}"
            else:
                out.append(line)
            open_ = bool(line) and not fenced and line[0] not in " |#`"
        self.line("\n".join(out))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Rows of (step, expected, yours), the first of them the header."""
        from rich.table import Table

        table = Table(*map(printable, rows[0]), "", box=None, padding=(0, 2, 0, 2))
        for row in rows[1:]:
            mark = differs(row).strip()
            table.add_row(*map(printable, row), mark, style="red" if mark else "")
        self.console.print(table)

    def beside(self, left: tuple[str, str], right: tuple[str, str]) -> None:
        """Two titled pieces of code, in columns if they fit."""
        widest = [max(map(len, lines_of(f"{title}\n{code}"))) for title, code in (left, right)]
        if sum(widest) + 6 > self.console.width:
            super().beside(left, right)
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(left[0], right[0], box=None, padding=(0, 2, 0, 2))
        table.add_row(*(Text(printable(code), no_wrap=True) for _, code in (left, right)))
        self.line()
        self.console.print(table)

    def bar(self, done: int, total: int, text: str) -> None:
        """How far one is."""
        full = BAR * done // max(total, 1)
        self.line(f"[{'#' * full}{'.' * (BAR - full)}] {text}")


def differs(row: Sequence[str]) -> str:
    """What marks a row of a table whose numbers are not the same."""
    return "  <- differs" if len(set(row[1:])) > 1 else ""
