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
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minirnn.training.run import Result

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


def start_lines(info: Mapping[str, Any]) -> list[str]:
    """What a run is about to do; `info` as train.describe makes it."""
    words = WORDS[info["tokens"]]
    length = f"{info['minutes']:g} minutes" if info["steps"] is None else f"{info['steps']:,} steps"
    carried = (
        "The state is carried from each window of text to the next (truncated backpropagation through time)."
        if info["carry"]
        else "The state starts at zero in each window of text."
    )
    threads = "1 thread" if info["threads"] == 1 else f"{info['threads']} threads"
    if info["threads_vary"] and info["threads"] > 1:
        threads = f"1 or {threads}, whichever is faster"
    if info.get("processes", 1) > 1:
        threads = f"{info['processes']} processes of {threads} each"
    lines = [
        f"Run: {info['run']}",
        f"Text: {info['corpus_description']}; {info['train_tokens']:,} {words} to train on, "
        f"{info['val_tokens']:,} to validate; a vocabulary of {info['vocab_size']}.",
        f"Model: {info['preset']}, {info['model_parameters']:,} parameters, width {info['width']}, "
        f"depth {info['depth']}.",
        f"Training for {length} on {info['device_used']} with {threads}: "
        f"batch {info['batch']}, windows of {info['seq_len']}, learning rate up to {info['lr']:g}.",
        carried,
    ]
    if info.get("keep_best"):
        lines.append("The run ends with the weights of its best estimate of the validation loss.")
    if info["first_step"]:
        lines.append(f"Going on from step {info['first_step']:,}.")
    return lines


def summary_lines(result: Result, preset: str, tokens: str) -> list[str]:
    """What a finished run has learned, beside what counting alone reaches on the same text."""
    assert result.val_loss is not None, "only a finished run has a summary"
    unit = UNITS[tokens]
    rows = [(f"n-gram of order {b.order}", b.nats, f"counts, beta {b.beta:g}") for b in result.baselines]
    rows.append((preset, result.val_loss, f"windows of {result.window}, each from nothing"))
    if result.best is not None:
        where = f"{result.best['windows']} windows at random places; the best estimate"
        rows.append((preset, result.best["val_loss"], where))
    if result.stream_loss is not None:
        rows.append((preset, result.stream_loss, "reading on, the state carried"))
    wide = max(len(name) for name, _, _ in rows)
    lines = [
        f"Trained for {result.step:,} steps in {format_seconds(result.seconds)}.",
        *([f"The weights are those of step {result.best['step']:,}."] if result.best else []),
        "",
        "Loss on the whole validation text (less is better):",
        f"  {'':{wide}}  nats/{unit}  bits/{unit}",
    ]
    lines += [f"  {name:{wide}}  {nats:9.4f}  {bits(nats):9.4f}  {how}" for name, nats, how in rows]
    if result.baselines:
        best = min(result.baselines, key=lambda b: b.nats)
        gain = best.nats - result.val_loss
        than = f"than the best n-gram (order {best.order})"
        lines += [
            "",
            f"Beyond counting: {bits(gain):.2f} bits/{unit} better {than}."
            if gain > 0
            else f"Not yet beyond counting: {bits(-gain):.2f} bits/{unit} worse {than}. Train longer.",
        ]
    for number, sample in enumerate(result.samples, 1):
        lines += ["", f"Sample {number}:", *("    " + line for line in lines_of(sample))]
    return lines
