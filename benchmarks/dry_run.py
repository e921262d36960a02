"""How many minutes does a lesson take? A dry run at the desk, by a program: no person and no class took part.

It goes through each lesson in the order of the page with a clock. What is there to read is counted and takes
the time that is assumed below. The code cells are really run, and take the seconds that they took.

- Reading is 120 words a minute. People read prose that is no story at 238 words a minute on average
  (M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019). Half of
  that for prose with formulas in it is our assumption, and so are all the other times.
- What stands in a fold, but for predictions, is read by the university track only. Code that is folded away,
  the part for teachers and the list under "Read on" are read by nobody in class. The parts that a track
  leaves out are in lessons/course.toml, `left_out`. So are the minutes of the exercises, which come on top.
- A class asks, waits and starts its computers. So the minutes of teaching are those at the desk times a
  factor for a class, rounded up to five. "by minute" tells when, in class, a part is done.

From this result the pages and the workshop plans have their minutes. A test fails where a lesson has changed
so much that they are no longer right; then make it again.

Run: python benchmarks/dry_run.py
"""

from __future__ import annotations

import itertools
import json
import math
import multiprocessing
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from minirnn.base.errors import UserError
from minirnn.base.files import write_atomic
from minirnn.course import bank, figures
from minirnn.course.site import directives, lesson_run, lessons
from minirnn.course.site.notebook import NOTE
from minirnn.course.teacher import plan

WORDS = 120  # a minute
FORMULA, LINE = 20, 5  # seconds for one on lines of its own, and for a line of code that is shown
FIGURE, OUTPUT, INTERACTIVE = 30, 15, 180  # for a figure, a table or a print, a figure to play with
WRITE, TALK = 60, 60  # for writing down a prediction, and for talking about the answer
CLASS = 1.25  # minutes in class for a minute at the desk
STEP = 5  # minutes of teaching are rounded up to this
ASSUMED = {
    "words a minute": WORDS,
    "seconds for a formula": FORMULA,
    "seconds for a line of code": LINE,
    "seconds for a figure": FIGURE,
    "seconds for a table or a print": OUTPUT,
    "seconds for a figure to play with": INTERACTIVE,
    "seconds to write down a prediction": WRITE,
    "seconds to talk about its answer": TALK,
    "minutes in class for one at the desk": CLASS,
}
BEGINNING, UNREAD = "(the beginning)", "Read on"


@dataclass
class Part:
    """What stands between two headings of the second level. folded: seconds for what only some unfold."""

    title: str
    words: int = 0
    formulas: int = 0
    lines: int = 0
    predictions: int = 0
    interactive: int = 0
    cells: list[int] = field(default_factory=list)
    exercises: list[str] = field(default_factory=list)
    folded: float = 0.0
    figures: int = 0
    outputs: int = 0
    seconds: float = 0.0

    def desk(self, track: str) -> float:
        """Seconds at the desk."""
        shown = self.figures * FIGURE + self.outputs * OUTPUT + self.interactive * INTERACTIVE
        thought = self.predictions * (WRITE + TALK)
        read = reading(self.words, self.formulas, self.lines)
        return read + thought + shown + self.seconds + (0 if track in plan.LISTS else self.folded)


def reading(words: int, formulas: int, lines: int) -> float:
    """Seconds for reading."""
    return 60 * words / WORDS + FORMULA * formulas + LINE * lines


def count(root: Path, lesson: bank.Lesson) -> list[Part]:
    """The parts of a lesson, with all that can be counted without running it."""
    path, course = lessons.source(root, lesson), bank.load(root)
    page = lessons.Page(lesson, path, [], {}, [], 0.0, False)
    parts = [Part(BEGINNING)]
    for cell in lessons.parse(path):
        if cell.kind != "text":
            parts[-1].cells.append(cell.number)
            parts[-1].lines += _lines(cell.text) if cell.kind == "code" else 0
            continue
        for kind, group in itertools.groupby(_kinds(bank.in_words(cell.text, course)), lambda pair: pair[0]):
            texts = [text for _, text in group]
            if kind == "heading":
                parts += [Part(text.removeprefix("## "), words=len(text.split()) - 1) for text in texts]
            elif kind != "teacher":
                _add(root, page, parts[-1], kind, texts)
    return [part for part in parts if part.title != UNREAD]


def _kinds(text: str) -> Iterator[tuple[str, str]]:
    """Each line of a text with what it stands in: a heading, plain text, or a kind of note or fold."""
    inside = "plain"
    for line in text.split("\n"):
        note = NOTE.fullmatch(line) if not line.startswith(" ") else None
        if note:
            inside = "plain" if note["mark"] == "!!!" else note["kind"]  # `!!!` is not folded
        elif line.strip() and not line.startswith("    "):
            inside = "plain"
        yield ("heading" if line.startswith("## ") else inside), line


def _add(root: Path, page: lessons.Page, part: Part, kind: str, texts: list[str]) -> None:
    """Count these lines, which stand in the same kind of fold, as something of the part."""
    prose, lines = [], 0
    for text in texts:
        found, note = lessons.DIRECTIVE.fullmatch(text), NOTE.fullmatch(text)
        part.predictions += note is not None and kind == "question"
        match found["words"].split() if found else []:
            case []:
                prose.append(note["title"] or "" if note else text)
            case ["objectives" | "keypoints" as key]:
                prose += page.lesson.fields[key]
            case ["source", path, *names]:
                lines += _lines(directives.source(root, path, names, page.path.name))
            case ["widget", *_]:
                part.interactive += 1
            case ["exercise", name]:
                part.exercises.append(name)
    plain, formulas = re.subn(r"\$\$.*?\$\$", " ", "\n".join(prose), flags=re.DOTALL)
    plain = re.sub(r"\]\([^)]*\)", "]", plain)  # where a link leads is not read
    words = sum(1 for word in plain.split() if re.search(r"\w", word))
    if kind in ("plain", "question"):
        part.words += words
        part.formulas += formulas
        part.lines += lines
    else:
        part.folded += reading(words, formulas, lines)


def _lines(code: str) -> int:
    return sum(1 for line in code.splitlines() if line.strip())


def clock(path: Path) -> dict[int, tuple[int, int, float]]:
    """Run the code of a lesson, in a process of its own: for each cell how many figures and tables or prints
    it showed, and its seconds."""
    taken: dict[int, tuple[int, int, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        recorder = lesson_run.Recorder(Path(folder))
        figures.taker, figures.drawer = recorder.take, recorder.draw
        module, before = ModuleType("__main__"), sys.stdout
        sys.modules["__main__"], sys.stdout = module, recorder
        for cell in lessons.parse(path):
            if cell.kind != "text":
                start, shown = time.perf_counter(), len(recorder.outputs)
                recorder.cell = cell.number
                exec(compile(cell.text, str(path), "exec"), module.__dict__)
                kinds = [kind for _, kind, _ in recorder.outputs[shown:]]
                drawn = kinds.count("figure")
                taken[cell.number] = drawn, len(kinds) - drawn, time.perf_counter() - start
        sys.stdout = before
    return taken


def record(lesson: bank.Lesson, parts: list[Part]) -> dict[str, Any]:
    """What is written down of a lesson: its parts with the clock of each track, and the minutes of both."""
    tracks = lesson.fields["tracks"]
    at, rows = dict.fromkeys(tracks, 0.0), []
    for part in parts:
        row: dict[str, Any] = {
            "part": part.title,
            "words": part.words,
            "formulas": part.formulas,
            "lines of code": part.lines,
            "predictions": part.predictions,
            "figures to play with": part.interactive,
            "exercises": part.exercises,
            "cells": len(part.cells),
            "figures": part.figures,
            "tables and prints": part.outputs,
            "seconds of running": part.seconds,
            "minutes in folds": round(part.folded / 60, 1),
        }
        for track in tracks:
            if part.title not in left_out(lesson, parts, track):
                at[track] += part.desk(track)
                row[f"by minute, {track}"] = round(CLASS * at[track] / 60)
        rows.append(row)
    return {
        "parts": rows,
        "minutes at the desk": {track: round(seconds / 60, 1) for track, seconds in at.items()},
        "teaching": {track: STEP * math.ceil(CLASS * s / 60 / STEP) for track, s in at.items()},
        "exercises": {track: sum(e.minutes for e in plan.suited(lesson, track)) for track in tracks},
    }


def left_out(lesson: bank.Lesson, parts: list[Part], track: str) -> list[str]:
    """The parts that a track leaves out.

    Raises UserError if the lesson has no such part, or if an exercise of the track stands in it.
    """
    titles: list[str] = lesson.fields.get("left_out", {}).get(track, [])
    if unknown := set(titles) - {part.title for part in parts}:
        raise UserError(f"{bank.MANIFEST}: {lesson.id} has no part {min(unknown)!r} to leave out.")
    suited = {exercise.id for exercise in plan.suited(lesson, track)}
    for part in parts:
        if part.title in titles and (needed := suited.intersection(part.exercises)):
            raise UserError(
                f"{bank.MANIFEST}: the {track} track leaves out {part.title!r} of {lesson.id}, but does its "
                f"exercise {min(needed)}."
            )
    return titles


def outdated(root: Path) -> list[str]:
    """Where the committed result no longer fits the lessons, a sentence each; nothing is run for this."""
    made = json.loads((root / bank.DRY_RUN).read_text(encoding="utf-8"))
    kept, problems = made["lessons"], []
    if made["assumed"] != ASSUMED:
        problems.append("It was made with other assumptions.")
    for lesson in lessons.written(root):
        parts, rows = count(root, lesson), kept.get(lesson.id, {}).get("parts", [])
        if [(part.title, len(part.cells)) for part in parts] != [(row["part"], row["cells"]) for row in rows]:
            problems.append(f"{lesson.id} has other parts, or other cells in them.")
            continue
        for part, row in zip(parts, rows, strict=True):
            part.figures, part.outputs = row["figures"], row["tables and prints"]
            part.seconds = row["seconds of running"]
        now = record(lesson, parts)
        for key in ("teaching", "exercises"):
            if now[key] != kept[lesson.id][key]:
                problems.append(f"{lesson.id}: {key} takes {now[key]} minutes, not {kept[lesson.id][key]}.")
    return problems


def main() -> None:
    """Run all lessons and write the result."""
    from common import machine

    root, made = bank.root(), {}
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    # A fresh process for each lesson: it pays for its imports, as a learner does.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for lesson in lessons.written(root):
            parts = count(root, lesson)
            taken = pool.apply(clock, (lessons.source(root, lesson),))
            for part in parts:
                shown = [taken[number] for number in part.cells]
                part.figures, part.outputs = (sum(each[i] for each in shown) for i in (0, 1))
                part.seconds = round(sum(seconds for _, _, seconds in shown), 2)
            made[lesson.id] = record(lesson, parts)
            print(lesson.id, made[lesson.id]["minutes at the desk"], made[lesson.id]["teaching"])
    path = root / bank.DRY_RUN
    text = json.dumps({"machine": machine(), "assumed": ASSUMED, "lessons": made}, indent=1)
    write_atomic(path, text + "\n")
    print(f"Written: {path}")


if __name__ == "__main__":
    main()
