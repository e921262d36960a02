"""What the directives of a lesson stand for, before it is put into a page or a notebook.

Each function takes `where`, the file, cell and line of the directive, for the sentence of its UserError.
"""

from __future__ import annotations

import ast
import datetime
import itertools
import json
import re
import textwrap
from html import escape
from pathlib import Path
from typing import Any

from minirnn.base.errors import UserError
from minirnn.base.wording import lines_of
from minirnn.course import bank
from minirnn.course.exercise_files import Exercise
from minirnn.course.mentions import MENTION, mentioned
from minirnn.course.site.lessons import Page, written

VALUE = re.compile(r"\{\{ *value +(?P<name>\w+) *\}\}")


def linked(root: Path, text: str, folder: str, where: str) -> str:
    """Text of a page with what it says of other lessons written out, and links to those that are written.

    folder: where the pages of the lessons are, as seen from that page: "", "lessons/" or "../lessons/".
    """
    if not MENTION.search(text):
        return text
    pages = {lesson.id for lesson in written(root)}

    def link(words: str, lesson: bank.Lesson, part: str) -> str:
        title = f' "{lesson.title}"' if lesson.title not in words else ""
        return f"[{words}]({folder}{lesson.id}.md{part}{title})" if lesson.id in pages else words

    try:
        return mentioned(text, bank.load(root), link)
    except UserError as error:
        raise UserError(f"{where}: {error}") from None


def valued(page: Page, text: str, where: str) -> str:
    """Text with what the lesson's code told it."""

    def said(found: re.Match[str]) -> str:
        value = page.told.get(found["name"])
        if not isinstance(value, str):
            known = ", ".join(name for name, each in page.told.items() if isinstance(each, str)) or "none"
            raise UserError(
                f"{where}: no cell has told the text a value {found['name']!r}: there is {known}."
            )
        return value

    return VALUE.sub(said, text)


def listed(page: Page, key: str, where: str) -> str:
    """The objectives or key points of the manifest; these may ask for what the lesson's code told.

    The objectives may not: the map of the course has them, too, and runs no lesson.
    """
    if not page.lesson.fields.get(key):
        raise UserError(f"{where}: {page.lesson.id} has no {key} in lessons/course.toml.")
    text = "\n".join(f"- {text}" for text in page.lesson.fields[key])
    if key == "keypoints":
        return valued(page, text, where)
    if found := VALUE.search(text):
        raise UserError(
            f"{where}: an objective cannot ask for {found[0]}; only the text and a key point can."
        )
    return text


def attribute(setting: str, where: str) -> str:
    """radius=0.9 as HTML."""
    name, equals, value = setting.partition("=")
    if not equals or not re.fullmatch(r"[a-z][a-z-]*", name):
        raise UserError(f"{where}: {setting!r} is no attribute like radius=0.9.")
    return f'{name}="{escape(value)}"'


def source(root: Path, path: str, names: list[str], where: str) -> str:
    """A file of the project, or some of its functions, classes and methods, as they stand there."""
    file = root / path
    if not path.startswith("minirnn/") or not file.is_file():
        raise UserError(f"{where}: there is no file {path} in minirnn/.")
    text = file.read_text(encoding="utf-8")
    lines, tree = lines_of(text), ast.parse(text)
    parts = []
    for name in names:
        body: Any = tree.body
        node: Any = None
        for part in name.split("."):
            node = next((each for each in body if getattr(each, "name", "") == part), None)
            body = getattr(node, "body", [])
        if node is None:
            raise UserError(f"{where}: {path} has no function, class or method {name!r}.")
        first = min(each.lineno for each in (node, *node.decorator_list))
        parts.append(textwrap.dedent("\n".join(lines[first - 1 : node.end_lineno])))
    return "\n\n\n".join(parts) or text.strip("\n")


def teaching_and_exercises(lesson: bank.Lesson) -> str:
    """45 minutes of teaching, 60 of exercises; if the tracks differ, the teaching of each."""
    each = lesson.teaching
    alike = len(set(each.values())) == 1
    said = str(min(each.values())) if alike else " or ".join(f"{n} ({track})" for track, n in each.items())
    exercises = sum(exercise.minutes for exercise in lesson.exercises if not exercise.instead_of)
    return f"{said or 0} minutes of teaching, {exercises} of exercises"


def minutes(root: Path, page: Page, where: str) -> str:
    """How long the lesson takes in class, what a track leaves out for that, and how one knows."""
    lesson = page.lesson
    if not lesson.teaching:
        raise UserError(f"{where}: {lesson.id} had no dry run: make one with `python benchmarks/dry_run.py`.")
    made = json.loads((root / bank.DRY_RUN).read_text(encoding="utf-8"))
    assumed, date = made["assumed"], datetime.date.fromisoformat(made["machine"]["date"])
    exercises = made["lessons"][lesson.id]["exercises"]
    parts = ["**Minutes.**"]
    for track, taken in lesson.teaching.items():
        parts.append(f"{track.capitalize()} track: {taken} of teaching, {exercises[track]} of exercises.")
        if len(lesson.parts) > 1:
            ends = itertools.accumulate(part.minutes[track] for part in lesson.parts)
            parts.append(f"Its parts end at minute {', '.join(map(str, ends))}.")
        if titles := lesson.fields.get("left_out", {}).get(track):
            named = ", ".join(f'"{title}"' for title in titles)
            parts.append(f"It leaves out, or reads at home: {named}.")
    predicting = assumed["seconds to write down a prediction"] + assumed["seconds to talk about its answer"]
    parts.append(
        f"The minutes of teaching are those of a [dry run](../results.md#dry-run) at the desk, made by a "
        f"program on {date.day} {date:%B %Y} (every cell run, reading counted at "
        f"{assumed['words a minute']} words a minute, {predicting / 60:g} minutes for each prediction with "
        f"its answer), times {assumed['minutes in class for one at the desk']} for a class; those of the "
        f"exercises are estimates. No class has timed them yet."
    )
    return " ".join(parts)


def find(page: Page, name: str, where: str) -> Exercise:
    """The exercise of that id, which must be one of this lesson."""
    for exercise in page.lesson.exercises:
        if exercise.id == name:
            return exercise
    known = ", ".join(exercise.id for exercise in page.lesson.exercises)
    raise UserError(f"{where}: {page.lesson.id} has no exercise {name!r} in lessons/course.toml: {known}.")


def facts(exercise: Exercise) -> str:
    """Minutes, points and difficulty in words, and which exercise is the same with arrays."""
    said = f"{exercise.minutes} minutes · {exercise.points} points · difficulty {exercise.difficulty} of 5"
    return f"{said} · with lists, instead of `{exercise.instead_of}`" if exercise.instead_of else said


def statement(exercise: Exercise) -> str:
    """What is to be done, without the title, its headings two levels down."""
    text = exercise.statement(drawn=True).partition("\n")[2].strip()
    return re.sub(r"^(#{2,4} )", r"##\1", text, flags=re.MULTILINE)
