"""How many minutes does a lesson take? A dry run at the desk, by a program: no person and no class took part.

It goes through each lesson in the order of the page with a clock. What is there to read is counted and takes
the time that is assumed below. The code cells are really run, and take the seconds that they took.

- Reading is 120 words a minute. People read prose that is no story at 238 words a minute on average
  (M. Brysbaert, "How many words do we read per minute?", Journal of Memory and Language 109, 2019). Half of
  that for prose with formulas in it is our assumption, and so are all the other times.
- What stands in a fold, but for predictions, is read by the university track only. Code that is folded away,
  what is for teachers and the list under "Read on" are read by nobody in class. The sections that a track
  leaves out are in lessons/course.toml, `left_out`. So are the minutes of the exercises, which come on top.
- A class asks, waits and starts its computers. So the minutes of teaching are those at the desk times a
  factor for a class, rounded up to five. "by minute" tells when, in class, a section is done. They are shared
  out among the parts of the lesson, so that these add up to them.

From this result the pages and the workshop plans have their minutes. A test fails where a lesson has changed
so much that they are no longer right; then make it again.

Run: python benchmarks/dry_run.py [LESSON ...]
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
from typing import Any

from minirnn.base.errors import UserError
from minirnn.base.files import write_atomic
from minirnn.course import bank
from minirnn.course.mentions import in_words
from minirnn.course.site import directives, lesson_run, lessons
from minirnn.course.site.notebook import NOTE
from minirnn.course.site.text import blocks
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
SPLIT = 3  # headings down to this level begin a section
PREDICT = re.compile(r"\?\?\? predict \w+|^ *(?:number|near|curve|across|up|given):.*|^ *- \([ x]\)")


@dataclass
class Section:
    """What stands between two headings of the second or third level.

    part, part_title: the part of the lesson that it is in. folded: seconds for what only some unfold.
    """

    title: str
    level: int = 2
    part: int = 1
    part_title: str = ""
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


def count(root: Path, lesson: bank.Lesson) -> list[Section]:
    """The sections of a lesson, with all that can be counted without running it."""
    path, course = lessons.source(root, lesson), bank.load(root)
    page = lessons.Page(lesson, path, [], {}, [], 0.0, False)
    sections, part, named = [Section(BEGINNING)], 0, ""
    for cell in lessons.parse(path):
        if cell.kind != "text":
            sections[-1].cells.append(cell.number)
            sections[-1].lines += _lines(cell.text) if cell.kind == "code" else 0
            continue
        text = directives.VALUE.sub("value", in_words(cell.text, course))
        for block in blocks.cut(text):
            match block.kind:
                case "part" if found := blocks.PART.fullmatch(block.text):
                    part, named = part + 1, found["title"]
                    if part == 1:  # it stands at the top, so what there is belongs to it
                        sections[0].part_title = named
                    continue
                case "heading" if block.level <= SPLIT:
                    title = block.text.lstrip("#").strip()
                    words = len(title.split())
                    sections.append(Section(title, block.level, max(part, 1), named, words))
                    continue
                case "predict":
                    sections[-1].predictions += 1
                    _add(root, page, sections[-1], "predict", block.text.split("\n"))
                    continue
            for kind, group in itertools.groupby(_kinds(block.text), lambda pair: pair[0]):
                if kind != "teacher":
                    _add(root, page, sections[-1], kind, [line for _, line in group])
    return [section for section in sections if section.title != UNREAD]


def _kinds(text: str) -> Iterator[tuple[str, str]]:
    """Each line of a text with what it stands in: plain text, or a kind of note or fold."""
    inside = "plain"
    for line in text.split("\n"):
        note = NOTE.fullmatch(line) if not line.startswith(" ") else None
        if note:
            inside = "plain" if note["mark"] == "!!!" else note["kind"]  # `!!!` is not folded
        elif line.strip() and not line.startswith("    "):
            inside = "plain"
        yield inside, line


def _add(root: Path, page: lessons.Page, section: Section, kind: str, texts: list[str]) -> None:
    """Count these lines, which stand in the same kind of fold, as something of the section."""
    prose, lines, folded = [], 0, 0
    for text in texts:
        found, note = lessons.DIRECTIVE.fullmatch(text), NOTE.fullmatch(text)
        section.predictions += note is not None and kind == "question"
        match found["words"].split() if found else []:
            case []:
                prose.append(note["title"] or "" if note else PREDICT.sub("", text))
            case ["objectives" | "keypoints" as key]:
                prose += [directives.VALUE.sub("value", each) for each in page.lesson.fields[key]]
            case ["source", "open", path, *names]:
                lines += _lines(directives.source(root, path, names, page.path.name))
            case ["source", path, *names]:
                folded += _lines(directives.source(root, path, names, page.path.name))
            case ["widget", *_]:
                section.interactive += 1
            case ["exercise", name]:
                with_lists = [each.id for each in page.lesson.exercises if each.instead_of == name]
                section.exercises += [*with_lists, name]
    plain, formulas = re.subn(r"\$\$.*?\$\$", " ", "\n".join(prose), flags=re.DOTALL)
    plain = re.sub(r"\]\([^)]*\)", "]", plain)  # where a link leads is not read
    words = sum(1 for word in plain.split() if re.search(r"\w", word))
    section.folded += reading(0, 0, folded)
    if kind in ("plain", "question", "predict"):
        section.words += words
        section.formulas += formulas
        section.lines += lines
    else:
        section.folded += reading(words, formulas, lines)


def _lines(code: str) -> int:
    return sum(1 for line in code.splitlines() if line.strip())


def clock(path: Path) -> dict[int, tuple[int, int, float]]:
    """Run the code of a lesson, in a process of its own: for each cell how many figures and tables or prints
    it showed, and its seconds."""
    taken: dict[int, tuple[int, int, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        recorder = lesson_run.Recorder(Path(folder))
        with lesson_run.recording(recorder) as names:
            for cell in lessons.parse(path):
                if cell.kind != "text":
                    start, shown = time.perf_counter(), len(recorder.outputs)
                    recorder.cell = cell.number
                    exec(compile(cell.text, str(path), "exec"), names)
                    kinds = [kind for _, kind, _ in recorder.outputs[shown:]]
                    drawn = kinds.count("figure")
                    taken[cell.number] = drawn, len(kinds) - drawn, time.perf_counter() - start
    return taken


def record(lesson: bank.Lesson, sections: list[Section]) -> dict[str, Any]:
    """What is written down of a lesson: its sections with the clock of each track, the minutes of both, and
    these by the parts of the lesson."""
    tracks = lesson.fields["tracks"]
    at, rows = dict.fromkeys(tracks, 0.0), []
    ends: list[dict[str, float]] = []  # the clock at the end of each section
    left = {track: left_out(lesson, sections, track) for track in tracks}
    for section in sections:
        row: dict[str, Any] = {
            "section": section.title,
            "part": section.part,
            "words": section.words,
            "formulas": section.formulas,
            "lines of code": section.lines,
            "predictions": section.predictions,
            "figures to play with": section.interactive,
            "exercises": section.exercises,
            "cells": len(section.cells),
            "figures": section.figures,
            "tables and prints": section.outputs,
            "seconds of running": section.seconds,
            "minutes in folds": round(section.folded / 60, 1),
        }
        for track in tracks:
            if section not in left[track]:
                at[track] += section.desk(track)
                row[f"by minute, {track}"] = round(CLASS * at[track] / 60)
        ends.append(dict(at))
        rows.append(row)
    teaching = {track: STEP * math.ceil(CLASS * s / 60 / STEP) for track, s in at.items()}
    return {
        "sections": rows,
        "by part": by_part(sections, ends, teaching),
        "minutes at the desk": {track: round(seconds / 60, 1) for track, seconds in at.items()},
        "teaching": teaching,
        "exercises": {track: sum(e.minutes for e in plan.suited(lesson, track)) for track in tracks},
    }


def by_part(
    sections: list[Section], ends: list[dict[str, float]], teaching: dict[str, int]
) -> list[dict[str, Any]]:
    """The minutes of teaching shared out among the parts, and how many come before each exercise."""

    def minute(seconds: float, track: str) -> int:
        return round(teaching[track] * seconds / (ends[-1][track] or 1))

    made: list[dict[str, Any]] = []
    begin = until = dict.fromkeys(teaching, 0)
    for section, end in zip(sections, ends, strict=True):
        if section.part > len(made):
            made.append({"title": section.part_title, "minutes": {}, "exercises": {}})
            begin = until
        until = {track: minute(end[track], track) for track in teaching}
        made[-1]["minutes"] = {track: until[track] - begin[track] for track in teaching}
        made[-1]["exercises"] |= dict.fromkeys(section.exercises, made[-1]["minutes"])
    return made


def left_out(lesson: bank.Lesson, sections: list[Section], track: str) -> list[Section]:
    """The sections that a track leaves out: those named in the manifest, with what is below them.

    Raises UserError if the lesson has no such section, or if an exercise of the track stands in it.
    """
    titles: list[str] = lesson.fields.get("left_out", {}).get(track, [])
    if unknown := set(titles) - {section.title for section in sections}:
        raise UserError(f"{bank.MANIFEST}: {lesson.id} has no section {min(unknown)!r} to leave out.")
    suited = {exercise.id for exercise in plan.suited(lesson, track)}
    left: list[Section] = []
    inside = 0  # the level of the section that is left out
    for section in sections:
        inside = inside if inside and section.level > inside else 0
        inside = inside or section.level * (section.title in titles)
        if inside:
            left.append(section)
            if needed := suited.intersection(section.exercises):
                raise UserError(
                    f"{bank.MANIFEST}: the {track} track leaves out {section.title!r} of {lesson.id}, but "
                    f"does its exercise {min(needed)}."
                )
    return left


def outdated(root: Path) -> list[str]:
    """Where the committed result no longer fits the lessons, a sentence each; nothing is run for this."""
    made = json.loads((root / bank.DRY_RUN).read_text(encoding="utf-8"))
    kept, problems = made["lessons"], []
    if made["assumed"] != ASSUMED:
        problems.append("It was made with other assumptions.")
    for lesson in lessons.written(root):
        sections, rows = count(root, lesson), kept.get(lesson.id, {}).get("sections", [])
        now = [(each.title, each.part, len(each.cells), each.exercises) for each in sections]
        if now != [(row["section"], row["part"], row["cells"], row["exercises"]) for row in rows]:
            problems.append(f"{lesson.id} has other sections, or other cells and exercises in them.")
            continue
        for section, row in zip(sections, rows, strict=True):
            section.figures, section.outputs = row["figures"], row["tables and prints"]
            section.seconds = row["seconds of running"]
        fresh = record(lesson, sections)
        for key in ("teaching", "exercises"):
            if fresh[key] != kept[lesson.id][key]:
                problems.append(f"{lesson.id}: {key} takes {fresh[key]} minutes, not {kept[lesson.id][key]}.")
        titles = [part["title"] for part in kept[lesson.id]["by part"]]
        if [part["title"] for part in fresh["by part"]] != titles:
            problems.append(f"{lesson.id} has other parts.")
    return problems


def main() -> None:
    """Run all lessons, or those named, and write the result."""
    from common import machine

    root, named = bank.root(), sys.argv[1:]
    path = root / bank.DRY_RUN
    made = json.loads(path.read_text(encoding="utf-8"))["lessons"] if named else {}
    wanted = [bank.find_lesson(name, bank.load(root)).id for name in named]
    chosen = [lesson for lesson in lessons.written(root) if not named or lesson.id in wanted]
    os.environ |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MPLBACKEND": "agg"}
    # A fresh process for each lesson: it pays for its imports, as a learner does.
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        for lesson in chosen:
            sections = count(root, lesson)
            taken = pool.apply(clock, (lessons.source(root, lesson),))
            for section in sections:
                shown = [taken[number] for number in section.cells]
                section.figures, section.outputs = (sum(each[i] for each in shown) for i in (0, 1))
                section.seconds = round(sum(seconds for _, _, seconds in shown), 2)
            made[lesson.id] = record(lesson, sections)
            print(lesson.id, made[lesson.id]["minutes at the desk"], made[lesson.id]["teaching"])
    text = json.dumps(
        {
            "machine": machine(),
            "assumed": ASSUMED,
            "lessons": {lesson.id: made[lesson.id] for lesson in lessons.written(root) if lesson.id in made},
        },
        indent=1,
    )
    write_atomic(path, text + "\n")
    print(f"Written: {path}")


if __name__ == "__main__":
    try:
        main()
    except UserError as error:
        sys.exit(str(error))
