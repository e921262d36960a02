"""The top of a lesson's page, from the manifest: what it is about, what to know before, new signs."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

from minirnn.base.errors import UserError
from minirnn.course import bank
from minirnn.course.site.directives import linked, teaching_and_exercises
from minirnn.course.site.lessons import written


def head(root: Path, lesson: bank.Lesson) -> str:
    """The top of the page, in Markdown."""
    name, question = lesson.id, lesson.fields.get("question", "")
    facts = [f"Lesson {lesson.number:02}"]
    facts += [teaching_and_exercises(lesson)] if lesson.teaching else []
    facts += [f"{track} track" for track in lesson.fields.get("tracks", [])]
    needs = [
        f"[{each.title}]({each.id}.md)"
        for each in written(root)
        if each.id in lesson.fields.get("requires", [])
    ]
    facts += [f"after {', '.join(needs)}"] if needs else []
    parts = [
        f"""---
title: {quoted(lesson.title)}
description: {quoted(question)}
search:
  boost: 2
---""",
        f"# {lesson.title}",
        f"{question}\n{{ .lesson-question }}",
        f"{' · '.join(facts)}\n{{ .lesson-facts }}",
        f"""[Notebook]({name}/{name}.ipynb){{ download="{name}.ipynb" }}
[Script]({name}/{name}.py){{ download="{name}.py" }}
{{ .lesson-files }}""",
        _switch(lesson),
        linked(root, _before(lesson), "", f"{bank.MANIFEST}, {name}"),
    ]
    return "\n\n".join(part for part in parts if part)


def quoted(text: str) -> str:
    """A string of YAML."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _switch(lesson: bank.Lesson) -> str:
    """Where the page puts its two buttons, if the lesson has two tracks."""
    tracks = lesson.fields.get("tracks", [])
    return f'<div class="track-switch" data-tracks="{" ".join(tracks)}"></div>' if len(tracks) > 1 else ""


def _before(lesson: bank.Lesson) -> str:
    """What one should be able to do, and the signs that are new or mean something else."""
    can, letters = texts(lesson, "can"), texts(lesson, "letters")
    parts = []
    if can:
        asked = "\n".join(f"- {text}" for text in can)
        parts.append(f'<div class="can" markdown="1">\n\nCan you do this? Then go on.\n\n{asked}\n\n</div>')
    if symbols(lesson):
        table = symbol_table(["sign", "in code", "what it is"], symbols(lesson))
        signs = ", ".join(sign for sign, _, _ in symbols(lesson))
        parts.append(f'??? symbols "Signs that are new here: {signs}"\n\n{textwrap.indent(table, "    ")}')
    parts += [f"{text}\n{{ .letters }}" for text in letters]
    return "\n\n".join(parts)


def texts(lesson: bank.Lesson, key: str) -> list[str]:
    """A list of sentences of the manifest. Raises UserError if it is something else."""
    value = lesson.fields.get(key, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UserError(
            f"{bank.MANIFEST}: `{key}` of {lesson.id} is {value!r}, expected a list of sentences."
        )
    return value


def symbols(lesson: bank.Lesson) -> list[list[str]]:
    """The signs that are new in a lesson: as drawn, in code, what it means. Raises UserError."""
    value: Any = lesson.fields.get("symbols", [])
    if not isinstance(value, list) or not all(
        isinstance(row, list) and len(row) == 3 and all(isinstance(cell, str) for cell in row)
        for row in value
    ):
        raise UserError(
            f"{bank.MANIFEST}: `symbols` of {lesson.id} is {value!r}, expected rows of three texts such as "
            '["$a_t$", "`a`", "the decay of step t"].'
        )
    return value


def symbol_table(header: list[str], rows: list[list[str]]) -> str:
    """Rows as a table in Markdown; a stroke in a formula is no border of it."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + 'vert ') for cell in line)} |\n" for line in lines
    )
