"""The numbers and sentences that the command line shows, as plain text.

Losses are means of `-log p` per token: nats; divided by `ln 2` they are bits, `bits = nats / ln 2`.
A token is a character or a byte, and each number says which.
"""

from __future__ import annotations

import math
import os
import re
import shlex
import unicodedata
from collections.abc import Iterable
from typing import TextIO

UNITS = {"chars": "char", "bytes": "byte"}
WORDS = {"chars": "characters", "bytes": "bytes"}


def command() -> str:
    """What the reader types to get here: course.py, which starts us, says so; else `minirnn`."""
    return os.environ.get("MINIRNN_COMMAND", "minirnn")


def quoted(path: str | os.PathLike[str]) -> str:
    """The path as one word of a command line, to be pasted into sh, or on Windows into PowerShell and cmd.

    A name with $ or ` is quoted for PowerShell alone: no quotes keep it from both.
    """
    word = os.fspath(path)
    if word.startswith(("-", "~")):
        word = os.path.join(os.curdir, word)  # else an option, or somebody's home
    if os.name != "nt":
        return shlex.quote(word)
    if re.fullmatch(r"[\w./\\:+-]+", word):
        return word
    if re.search(r"[$`]", word):
        return "'" + word.replace("'", "''") + "'"
    return f'"{word}"'


def nearest(wanted: str, known: Iterable[str]) -> str:
    """`did you mean scan?`, if one of these is spelt nearly like it; else an empty text."""
    import difflib  # late: it is needed when something is wrong

    near = difflib.get_close_matches(wanted, known, 1)
    return f"did you mean {near[0]}?" if near else ""


def program(path: str | os.PathLike[str]) -> str:
    """The path as the first word of a command line: PowerShell wants a sign before one in quotes."""
    word = quoted(path)
    return f"& {word}" if os.name == "nt" and word[0] in "'\"" else word


def lines_of(text: str) -> list[str]:
    """The lines as Python and an editor count them; str.splitlines also cuts at a form feed and others."""
    lines = re.split(r"\r\n|\r|\n", text)
    return lines[:-1] if lines[-1] == "" else lines


def bits(nats: float) -> float:
    """The same loss in bits."""
    return nats / math.log(2)


def format_loss(nats: float, tokens: str = "chars") -> str:
    """`1.5712 nats/char  2.2668 bits/char`; for tokens "bytes" with `byte` instead."""
    unit = UNITS[tokens]
    return f"{nats:.4f} nats/{unit}  {bits(nats):.4f} bits/{unit}"


def format_seconds(seconds: float) -> str:
    """`0:07`, `1:42`, `2:03:00`: minutes and seconds, with hours in front when there are any."""
    minutes, rest = divmod(max(0, round(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"


def printable(text: str, encoding: str | None = None) -> str:
    """The text with nothing in it that steers a terminal or that the encoding cannot write.

    Control and format characters other than newline and tab become U+FFFD (a model may well write an
    escape sequence); what `encoding` lacks becomes "?".
    """
    clean = "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "\ufffd" for c in text
    )
    return clean.encode(encoding, "replace").decode(encoding) if encoding else clean


def valid_text(text: str) -> str:
    """The text with lone surrogates, which no encoding has, written out."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def can_draw(stream: TextIO) -> bool:
    """Whether the stream is a terminal for colours and drawings; else it gets plain lines.

    It gets lines too where NO_COLOR is set (no-color.org) or TERM is dumb.
    """
    dumb = os.environ.get("TERM", "").lower() in ("dumb", "unknown") or os.environ.get("NO_COLOR")
    return not dumb and stream.isatty()
