"""A lesson as a notebook: the same cells, without what they showed, for the reader to run.

The first cell installs the version of minirnn that the lesson was written for; it can be run again. If the
lesson reads committed results, the next cell brings them, so that no clone of the project is needed. Notes
become block quotes; what is for teachers is left out, and so are the answers of predictions and questions.
"""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path
from typing import Any

import minirnn
from minirnn.course import bank, results
from minirnn.course.mentions import in_words
from minirnn.course.site import directives
from minirnn.course.site.lessons import DIRECTIVE, Cell, Page
from minirnn.course.site.text import predictions
from minirnn.course.site.text.blocks import cut

NOTE = re.compile(r'(?P<mark>!!!|\?\?\?\+?) (?P<kind>[a-z-]+)(?: "(?P<title>[^"]*)")?')
KINDS = {"sofar": "So far"}
INSTALL = '%pip install --quiet "minirnn=={}"'


def make(root: Path, page: Page) -> str:
    """The notebook, format 4.5, as JSON."""
    lesson = page.lesson
    cells = [
        _cell("code", INSTALL.format(minirnn.__version__)),
        _cell("markdown", f"# {lesson.title}\n\n*{lesson.fields.get('question', '')}*"),
    ]
    brought = [root / name for name in page.inputs if Path(name).parent == results.FOLDER]
    if brought:
        lines = ["# The committed results that this lesson shows.", "from minirnn.course import results", ""]
        for path in brought:
            text = json.dumps(json.loads(path.read_text(encoding="utf-8")), separators=(",", ":"))
            lines.append(f"results.bring({results.result_name(path)!r}, {text!r})")
        cells.append(_cell("code", "\n".join(lines), hidden=True))
    for cell in page.cells:
        if cell.kind == "text":
            cells.append(_cell("markdown", _text(root, page, cell)))
        else:
            cells.append(_cell("code", cell.text, hidden=cell.kind == "fold"))
    cells = [cell | {"id": f"cell-{number}"} for number, cell in enumerate(cells) if cell["source"]]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"


def _cell(kind: str, text: str, hidden: bool = False) -> dict[str, Any]:
    cell: dict[str, Any] = {"cell_type": kind, "metadata": {}, "source": re.findall(r".*\n|.+", text.strip())}
    if hidden:
        cell["metadata"] = {"jupyter": {"source_hidden": True}}
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def _text(root: Path, page: Page, cell: Cell) -> str:
    """Text of a cell: directives done, attributes of Material gone, notes as quotes."""
    lines = []
    told = directives.valued(page, in_words(cell.text, bank.load(root)), page.where(cell, 0))
    for block in cut(told):
        if block.kind == "predict":
            asked = predictions.parse(block.text.split("\n"), page.where(cell, block.line))
            lines += ["", *predictions.in_notebook(asked), ""]
            continue
        for number, line in enumerate(block.text.split("\n"), block.line):
            if found := DIRECTIVE.fullmatch(line):
                words, where = found["words"].split(), page.where(cell, number)
                line = textwrap.indent(_directive(root, page, words, where), found["indent"])
            lines += line.split("\n")
    text = "\n".join(_notes(lines))
    # Links to other pages of the site lead nowhere here.
    return re.sub(r"\[([^\]]+)\]\((?!https?:|#)[^)]*\)(\{[^}]*\})?", r"\1", text)


def _directive(root: Path, page: Page, words: list[str], where: str) -> str:
    match words:
        case ["objectives" | "keypoints" as key]:
            return in_words(directives.listed(page, key, where), bank.load(root))
        case ["part", *_]:
            return ""
        case ["source", "open", path, *names] | ["source", path, *names]:
            code = directives.source(root, path, names, where)
            return f"`{path}`:\n\n```python\n{code}\n```"
        case ["exercise", name]:
            exercise = directives.find(page, name, where)
            return (
                f"### Exercise: {exercise.title}\n\n{directives.facts(exercise)}\n\n"
                f"{directives.statement(exercise)}\n\nTo be checked: `minirnn check {exercise.id} --watch`"
            )
        case ["widget", *_]:
            return "*(On the site there is a figure to play with here.)*"
        case _:  # unknown ones have been refused by the page
            return ""


def _notes(lines: list[str]) -> list[str]:
    """`!!! note "Title"` with its indented lines -> a block quote; for teachers -> nothing."""
    out: list[str] = []
    at = 0
    while at < len(lines):
        note = NOTE.fullmatch(lines[at].strip()) if not lines[at].startswith(" ") else None
        if not note:
            out.append(lines[at])
            at += 1
            continue
        end = at + 1
        while end < len(lines) and (not lines[end].strip() or lines[end].startswith("    ")):
            end += 1
        body = _notes(textwrap.dedent("\n".join(lines[at + 1 : end])).strip("\n").split("\n"))
        if note["kind"] != "teacher":
            title = note["title"] or KINDS.get(note["kind"], note["kind"].capitalize())
            quote = [f"**{title}**", *([] if note["kind"] == "check" else ["", *body])]
            out += ["", *(f"> {line}".rstrip() for line in quote), ""]
        at = end
    return out
